package dev.bulla.conda.repodata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.testkit.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every real index among the fixtures is read, and in it what another parser finds. */
class FixtureIndexesTest {
    private static List<String> indexes() throws IOException {
        var folder = Fixtures.folder();
        try (var files = Files.walk(folder.resolve("channel"))) {
            return files.map(folder::relativize)
                    .map(Path::toString)
                    .filter(path -> path.matches(".*/[a-z_]*repodata[a-z_0-9]*\\.json(\\.zst)?"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("indexes")
    void a_real_index_is_read_as_another_parser_reads_it(String path) throws IOException {
        try (var in = open(path);
                var parser = new JsonFactory().createParser(in)) {
            assertEquals(collect(parser), records(path));
        }
    }

    @Test
    void the_real_indexes_hold_18564_records() throws IOException {
        var count = 0;
        for (var path : indexes()) {
            count += records(path).size();
        }
        assertEquals(18_564, count);
    }

    private static Map<String, String> records(String path) throws IOException {
        var records = new TreeMap<String, String>();
        try (var in = open(path)) {
            RepodataReader.read(in, RepodataLimits.DEFAULT, new Collector(records));
        }
        return records;
    }

    private record Collector(Map<String, String> found) implements RepodataVisitor {
        @Override
        public void record(ArchiveType section, String fileName, byte[] json) {
            found.put(
                    section.section() + "/" + fileName,
                    JsonMembers.parse(json, JsonBounds.SMALL).toString());
        }
    }

    private static InputStream open(String path) throws IOException {
        var in = Files.newInputStream(Fixtures.path(path));
        return path.endsWith(".zst") ? new ZstdInputStreamNoFinalizer(in) : in;
    }

    private static Map<String, String> collect(JsonParser parser) throws IOException {
        var found = new TreeMap<String, String>();
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var section = parser.currentName();
            parser.nextToken();
            if (section.startsWith("packages")) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = section + "/" + parser.currentName();
                    parser.nextToken();
                    found.put(name, compact(parser));
                }
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    /** Sorted and compact by other means than the code under test. */
    private static String compact(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            var members = new TreeMap<String, String>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var name = parser.currentName();
                parser.nextToken();
                members.put(JsonMembers.quoted(name), compact(parser));
            }
            var text = new StringBuilder("{");
            members.forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                    .append(name)
                    .append(':')
                    .append(value));
            return text.append('}').toString();
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            var text = new StringBuilder("[");
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                text.append(text.length() > 1 ? "," : "").append(compact(parser));
            }
            return text.append(']').toString();
        }
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? JsonMembers.quoted(parser.getText())
                : parser.getText();
    }
}
