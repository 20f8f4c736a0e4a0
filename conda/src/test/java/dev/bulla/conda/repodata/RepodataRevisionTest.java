package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepodataRevisionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LEGACY | {}",
                "LEGACY | {\"schema_version\":2}",
                "V3     | {\"schema_version\":3}",
                "V3     | {\"name\":\"a\",\"schema_version\": 4}",
                "V3     | {\"schema_version\":3.0}",
                "V3     | {\"schema_version\":99999999999999999999}",
                "LEGACY | {\"schema_version\":\"3\"}",
                "LEGACY | {\"schema_version\":null}",
                "LEGACY | {\"schema_version\":-3}",
                "LEGACY | {\"x\":{\"schema_version\":3}}",
                "LEGACY | {\"x\":\"\\\"schema_version\\\":3\"}",
                "LEGACY | {\"x\":\"schema_version\"}"
            })
    void a_record_of_schema_version_3_or_more_is_of_the_new_revision(RepodataRevision expected, String json) {
        var bytes = json.getBytes(UTF_8);
        assertEquals(expected, RepodataRevision.of(bytes));
        assertEquals(expected, RepodataRevision.of(JsonMembers.parse(bytes, JsonBounds.SMALL)));
    }

    @Test
    void the_new_maps_list_archives_without_their_extension() {
        var archive = ArchiveName.parse("zlib-1.3-0.conda");
        assertEquals("zlib-1.3-0", RepodataRevision.V3.key(archive));
        assertEquals("zlib-1.3-0.conda", RepodataRevision.LEGACY.key(archive));
    }
}
