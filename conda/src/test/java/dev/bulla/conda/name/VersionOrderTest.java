package dev.bulla.conda.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VersionOrderTest {
    /** Each is before the next one. */
    private static final List<String> ASCENDING = List.of(
            "0.4",
            "0.4.1.rc",
            "0.4.1",
            "0.5a1",
            "0.5b3",
            "0.5c1",
            "0.5",
            "0.9.6",
            "0.960923",
            "1.0",
            "1.1dev1",
            "1.1_",
            "1.1a1",
            "1.1.0dev1",
            "1.1.0rc1",
            "1.1.0",
            "1.1.0post1",
            "1.1post1",
            "1996.7.12",
            "1!0.4.1",
            "1!3.1.1.6",
            "2!0.4.1");

    @Test
    void versions_ascend_as_solvers_say() {
        for (var i = 0; i < ASCENDING.size(); i++) {
            for (var j = 0; j < ASCENDING.size(); j++) {
                var order = compare(ASCENDING.get(i), ASCENDING.get(j));
                assertEquals(Integer.signum(Integer.compare(i, j)), Integer.signum(order), i + " and " + j);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "1.0, 1.0.0", "1_2, 1.2", "0!1, 1", "1.0+0, 1.0", "1.a, 1.0a", "01, 1"})
    void what_is_written_otherwise_may_be_the_same(String one, String other) {
        assertEquals(0, compare(one, other));
    }

    @Test
    void what_follows_a_plus_decides_last() {
        assertEquals(-1, Integer.signum(compare("1.0+1", "1.0+2")));
        assertEquals(-1, Integer.signum(compare("1.0+9", "1.1")));
        assertEquals(-1, Integer.signum(compare("1.0", "1.0+1")));
    }

    private static int compare(String one, String other) {
        return VersionOrder.CONDA.compare(Version.parse(one), Version.parse(other));
    }
}
