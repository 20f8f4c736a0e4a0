package dev.bulla.server.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            "a"               | true  | true
            W/"a"             | true  | false
            "b"               | false | false
            "b", "a"          | true  | true
            "b" , W/"a"       | true  | false
            ,, "a"            | true  | true
            "b""a"            | false | false
            "x,"a"            | false | false
            "b,c", "a"        | true  | true
            *                 | true  | true
            "*"               | false | false
            a                 | false | false
            w/"a"             | false | false
            ""                | false | false
            """)
    void a_list_matches_weakly_and_strongly(String header, boolean weakly, boolean strongly) {
        var tags = EntityTags.parse(List.of(header));
        assertEquals(weakly, tags.matchesWeakly("\"a\""));
        assertEquals(strongly, tags.matchesStrongly("\"a\""));
    }

    @Test
    void several_header_lines_are_one_list() {
        assertEquals(
                List.of("\"a\"", "W/\"b\""),
                EntityTags.parse(List.of("\"a\"", "W/\"b\"")).tags());
    }
}
