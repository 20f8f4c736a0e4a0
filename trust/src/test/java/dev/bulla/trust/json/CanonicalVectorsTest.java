package dev.bulla.trust.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.trust.json.JsonLimits.Duplicates;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What conda-content-trust's own serializer wrote, for texts that reach every rule. */
class CanonicalVectorsTest {
    /** As Python reads: the one difference that any of these texts needs. */
    private static final JsonLimits AS_PYTHON = new JsonLimits(1 << 20, 64, 1 << 16, Duplicates.LAST_ONE_WINS);

    private record Vector(String input, String canonical, String sha256) {
        byte[] bytes() {
            // The inputs hold a lone surrogate only as an escape, so UTF-8 loses nothing.
            return input.getBytes(StandardCharsets.UTF_8);
        }
    }

    private static List<Vector> vectors() throws Exception {
        var vectors = new ArrayList<Vector>();
        for (var vector : ((JsonArray) FixtureFolder.json("generated/canonical-vectors.json")).elements()) {
            vectors.add(new Vector(text(vector, "input_json"), text(vector, "canonical"), text(vector, "sha256")));
        }
        assertEquals(21, vectors.size());
        return vectors;
    }

    private static String text(Json vector, String name) {
        return ((JsonString) ((JsonObject) vector).member(name).orElseThrow()).value();
    }

    @Test
    void every_vector_is_reproduced() throws Exception {
        for (var vector : vectors()) {
            var canonical = Dialect.CONDA.canonical(Json.parse(vector.bytes(), AS_PYTHON));
            assertEquals(vector.canonical(), new String(canonical, StandardCharsets.US_ASCII));
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            assertEquals(vector.sha256(), HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void the_strict_reader_refuses_only_the_vector_with_a_duplicate_name() throws Exception {
        var refused = new ArrayList<String>();
        for (var vector : vectors()) {
            try {
                Json.parse(vector.bytes(), JsonLimits.METADATA);
            } catch (JsonException strict) {
                assertTrue(String.valueOf(strict.getMessage()).contains("duplicate name"));
                refused.add(vector.input());
            }
        }
        assertEquals(List.of("{\"a\":1,\"a\":2}"), refused);
    }

    @Test
    void what_python_would_also_read_but_is_no_json_stays_refused() {
        for (var text : List.of("NaN", "Infinity", "-Infinity")) {
            assertThrows(
                    JsonException.class, () -> Json.parse(text.getBytes(StandardCharsets.US_ASCII), AS_PYTHON), text);
        }
    }
}
