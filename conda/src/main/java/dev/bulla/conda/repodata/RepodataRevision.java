package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveName;
import java.math.BigDecimal;

/**
 * Which maps of an index list a record (CEP 48). A record with {@code schema_version} 3 or more uses words that older
 * clients misread, so it stands only in {@code v3}: {@code {"v3":{"conda":{"zlib-1.3-0":{…}},"tar.bz2":{…}}}}.
 */
public enum RepodataRevision {
    /** {@code packages} and {@code packages.conda}, keyed by file name. */
    LEGACY,
    /** The maps in {@code v3}, keyed by file name without extension. */
    V3;

    private static final String MEMBER = "schema_version";
    private static final byte[] QUOTED = ("\"" + MEMBER + "\"").getBytes(US_ASCII);
    private static final BigDecimal FIRST_V3 = BigDecimal.valueOf(3);

    /** Where a record of these members belongs; a version that is no number makes it no newer. */
    public static RepodataRevision of(JsonMembers record) {
        return record.text(MEMBER).filter(RepodataRevision::isV3).isPresent() ? V3 : LEGACY;
    }

    /** Where this record belongs; {@link InvalidJsonException} if it is no JSON but mentions a version. */
    public static RepodataRevision of(byte[] recordJson) {
        return mentionsVersion(recordJson) ? of(JsonMembers.parse(recordJson, JsonBounds.SMALL)) : LEGACY;
    }

    /** The key under which this revision's map lists the archive. */
    public String key(ArchiveName archive) {
        return switch (this) {
            case LEGACY -> archive.fileName();
            case V3 -> archive.stem();
        };
    }

    private static boolean isV3(String text) {
        return isNumber(text) && new BigDecimal(text).compareTo(FIRST_V3) >= 0;
    }

    private static boolean isNumber(String text) {
        return text.charAt(0) == '-' || Character.isDigit(text.charAt(0));
    }

    /** Nearly every record has no version: a search through its bytes spares the parser. */
    private static boolean mentionsVersion(byte[] json) {
        for (var at = 0; at <= json.length - QUOTED.length; at++) {
            if (json[at] == '"' && startsAt(json, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] json, int at) {
        for (var i = 1; i < QUOTED.length; i++) {
            if (json[at + i] != QUOTED[i]) {
                return false;
            }
        }
        return true;
    }
}
