package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import dev.bulla.trust.keys.Ed25519;
import dev.bulla.trust.keys.PublicKey;
import dev.bulla.trust.keys.Signature;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file has from one signer, in one of two forms:
 *
 * <pre>{@code
 * {"signature": "<128 hex>"}                                 raw: over the canonical bytes
 * {"signature": "<128 hex>", "other_headers": "<hex>"}       OpenPGP: over the digest of a version 4 signature
 * }</pre>
 *
 * Root files are signed in the OpenPGP form, all else in the raw one. An OpenPGP entry may also have {@code see_also},
 * 40 hex digits that nobody checks. An entry with any other member is kept and counts for nothing, as conda has it.
 *
 * @param signature the signature
 * @param json the entry as it stands
 */
public record SignatureEntry(Signature signature, JsonObject json) {
    private static final String SIGNATURE = "signature";
    private static final String OTHER_HEADERS = "other_headers";
    private static final String SEE_ALSO = "see_also";
    private static final Set<String> RAW = Set.of(SIGNATURE);
    private static final Set<String> OPENPGP = Set.of(SIGNATURE, OTHER_HEADERS);
    private static final Set<String> OPENPGP_SEE_ALSO = Set.of(SIGNATURE, OTHER_HEADERS, SEE_ALSO);

    /** At least one byte; far more than any real header. */
    private static final Pattern HEADERS = Pattern.compile("([0-9a-f]{2}){1,4096}");

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{40}");

    /** An entry of the raw form. */
    static SignatureEntry raw(Signature signature) {
        return new SignatureEntry(signature, JsonObject.of(SIGNATURE, new JsonString(signature.hex())));
    }

    /** An entry of the OpenPGP form. */
    static SignatureEntry openPgp(Signature signature, byte[] otherHeaders) {
        var headers = new JsonString(HexFormat.of().formatHex(otherHeaders));
        return new SignatureEntry(
                signature, JsonObject.of(OTHER_HEADERS, headers, SIGNATURE, new JsonString(signature.hex())));
    }

    /**
     * Reads an entry.
     *
     * @param what the file and key, for messages
     * @throws ContentTrustException.Malformed when a member that is known here has another form
     */
    static SignatureEntry parse(String what, Json entry) {
        var fields = Fields.of(what, entry);
        var signature = fields.parsed(SIGNATURE, Signature::parse);
        requireForm(fields, OTHER_HEADERS, HEADERS);
        requireForm(fields, SEE_ALSO, FINGERPRINT);
        return new SignatureEntry(signature, fields.object());
    }

    private static void requireForm(Fields fields, String name, Pattern form) {
        if (fields.object().members().containsKey(name)
                && !form.matcher(fields.text(name)).matches()) {
            throw new ContentTrustException.Malformed(fields.what(), "\"" + name + "\" is not " + form);
        }
    }

    /** Whether it has the form in which this role signs. */
    boolean isOfFormFor(Role role) {
        var names = json.members().keySet();
        return role == Role.ROOT ? names.equals(OPENPGP) || names.equals(OPENPGP_SEE_ALSO) : names.equals(RAW);
    }

    /** Whether it is this key's valid signature of these canonical bytes, in the form it has. */
    boolean isValid(PublicKey key, byte[] canonical) {
        return Ed25519.verify(key, message(canonical), signature);
    }

    /** What is signed: the bytes themselves, or the OpenPGP digest of them and the headers. */
    private byte[] message(byte[] canonical) {
        return json.members().containsKey(OTHER_HEADERS)
                ? OpenPgp.digest(canonical, HexFormat.of().parseHex(new Fields("entry", json).text(OTHER_HEADERS)))
                : canonical;
    }
}
