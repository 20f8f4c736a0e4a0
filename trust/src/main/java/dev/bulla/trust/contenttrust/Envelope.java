package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Excerpt;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.PublicKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A trust file as it was received: {@code signatures} and {@code signed}, and its bytes. Well-formed and no more;
 * nothing in it is believed before {@link TrustedRoles} has looked at it.
 */
public final class Envelope {
    private static final Set<String> MEMBERS = Set.of("signatures", "signed");

    private final String fileName;
    private final byte[] bytes;
    private final SequencedMap<PublicKey, SignatureEntry> signatures;
    private final JsonObject signed;

    private Envelope(
            String fileName, byte[] bytes, SequencedMap<PublicKey, SignatureEntry> signatures, JsonObject signed) {
        this.fileName = fileName;
        this.bytes = bytes;
        this.signatures = Collections.unmodifiableSequencedMap(signatures);
        this.signed = signed;
    }

    /**
     * Reads a trust file.
     *
     * @param fileName its name, for messages and for the version of a root
     * @throws Malformed when it is no strict JSON, has not exactly the two members, or an entry is not as {@link
     *     SignatureEntry} says
     */
    public static Envelope parse(String fileName, byte[] bytes) {
        var what = Excerpt.of(fileName);
        var document = Fields.of(what, json(what, bytes));
        if (!document.object().members().keySet().equals(MEMBERS)) {
            throw new Malformed(what, "exactly \"signatures\" and \"signed\" expected");
        }
        var signatures = new LinkedHashMap<PublicKey, SignatureEntry>();
        var entries = document.object("signatures");
        for (var entry : entries.object().members().entrySet()) {
            var key = entries.legal("a key id", () -> PublicKey.parse(entry.getKey()));
            signatures.put(key, SignatureEntry.parse(what + ", signature of " + key, entry.getValue()));
        }
        return new Envelope(
                fileName, bytes.clone(), signatures, document.object("signed").object());
    }

    private static Json json(String what, byte[] bytes) {
        try {
            return Json.parse(bytes, JsonLimits.METADATA);
        } catch (JsonException noJson) {
            throw new Malformed(what, String.valueOf(noJson.getMessage()));
        }
    }

    /** The name it was received under. */
    public String fileName() {
        return fileName;
    }

    /** A copy of the bytes it was received as. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The lower-case hex SHA-256 of those bytes, which is what a first root is pinned by. */
    public String sha256() {
        return Digests.sha256Hex(bytes);
    }

    /** Key to entry, in the file's order. */
    public Map<PublicKey, SignatureEntry> signatures() {
        return signatures;
    }

    /** What is signed. */
    public JsonObject signed() {
        return signed;
    }

    /** The very bytes that are signed. */
    public byte[] signedCanonical(Dialect dialect) {
        try {
            return dialect.canonical(signed);
        } catch (JsonException none) {
            throw new Malformed(Excerpt.of(fileName), String.valueOf(none.getMessage()));
        }
    }
}
