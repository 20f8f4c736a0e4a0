package dev.bulla.conda.archive;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real packages, as their builders left them. The table says for each whether it is accepted or with which codes it is
 * refused; {@code -Dbulla.refresh=true} writes it anew, to be read in review.
 */
class FixturePackagesTest {
    private static final Path TABLE =
            Path.of(System.getProperty("bulla.root", ".."), "conda/src/test/resources/package-verdicts.txt");

    @ParameterizedTest
    @MethodSource("packages")
    void a_real_package_gets_the_verdict_in_the_table(String path) throws IOException {
        assertEquals(table().get(path), verdict(path));
    }

    @Test
    void the_table_lists_all_89_real_packages() throws IOException {
        if (Boolean.getBoolean("bulla.refresh")) {
            refresh();
        }
        assertEquals(packages(), table().keySet().stream().sorted().toList());
        assertEquals(89, table().size());
    }

    private static void refresh() throws IOException {
        var lines = new StringBuilder();
        for (var path : packages()) {
            lines.append(verdict(path)).append("  ").append(path).append('\n');
        }
        Files.writeString(TABLE, lines);
    }

    private static List<String> packages() throws IOException {
        return FixturePackages.all();
    }

    private static Map<String, String> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .map(line -> line.split(" {2}"))
                .collect(toMap(columns -> columns[1], columns -> columns[0]));
    }

    private static String verdict(String path) throws IOException {
        var file = Fixtures.path(path);
        try {
            PackageArchive.read(file, ArchiveName.parse(file.getFileName().toString()), ArchiveLimits.DEFAULT);
            return "accepted";
        } catch (ArchiveException e) {
            return codes(e.problems());
        } catch (ProblemException e) {
            return codes(List.of(e.problem()));
        }
    }

    private static String codes(List<Problem> problems) {
        return problems.stream().map(problem -> problem.code().text()).collect(joining("+"));
    }
}
