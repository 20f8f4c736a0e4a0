package dev.bulla.trust.contenttrust;

import dev.bulla.trust.contenttrust.ContentTrustException.FileNameWrong;
import dev.bulla.trust.contenttrust.ContentTrustException.Malformed;
import dev.bulla.trust.contenttrust.ContentTrustException.SignatureMissing;
import dev.bulla.trust.contenttrust.ContentTrustException.TooFewSignatures;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Excerpt;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonNull;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.PublicKey;
import dev.bulla.trust.keys.Signature;
import dev.bulla.trust.keys.Signer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Signatures of package records. In {@code repodata.json} they stand beside the records, under the artifact's file
 * name:
 *
 * <pre>{@code
 * "signatures": {"zlib-1.3.1-h_0.conda": {"<public key, 64 hex>": {"signature": "<128 hex>"}}}
 * }</pre>
 *
 * conda's cover the record as it stands; libmamba's cover {@link ReducedRecord}. Neither covers the file name. Sign a
 * record when nothing in it will change any more. Stateless and safe to share.
 */
public final class RecordSignatures {
    private static final List<String> EXTENSIONS = List.of(".conda", ".tar.bz2");

    private RecordSignatures() {}

    /**
     * The part of a record that a signature of this dialect covers.
     *
     * @throws Malformed when libmamba could not read a field of it
     */
    public static JsonObject signedForm(Dialect dialect, JsonObject record) {
        return switch (dialect) {
            case CONDA -> record;
            case LIBMAMBA -> ReducedRecord.of(record);
        };
    }

    /**
     * The very bytes that are signed for this dialect.
     *
     * @throws Malformed when the record has none
     */
    public static byte[] signedBytes(Dialect dialect, JsonObject record) {
        return canonical(dialect, signedForm(dialect, record));
    }

    private static byte[] canonical(Dialect dialect, JsonObject form) {
        try {
            return dialect.canonical(form);
        } catch (JsonException none) {
            throw new Malformed("record", String.valueOf(none.getMessage()));
        }
    }

    /** This signer's signature of the record, for this dialect. */
    public static Signature sign(Dialect dialect, JsonObject record, Signer signer) {
        return signer.sign(signedBytes(dialect, record));
    }

    /** What one signer adds for an artifact, to be put under its file name. */
    public static JsonObject entry(PublicKey key, Signature signature) {
        return JsonObject.of(key.hex(), SignatureEntry.raw(signature).json());
    }

    /**
     * Decides whether these keys vouch for a record; the file name is for the message only. {@link
     * TrustedRoles#verifyPackage} is the whole decision.
     *
     * @throws SignatureMissing when nobody signed
     * @throws TooFewSignatures when fewer valid signatures than the threshold are by these keys
     * @throws Malformed when the record or an entry by these keys is
     */
    public static Verified<JsonObject> verify(Dialect dialect, Delegation keys, SignedRecord signed) {
        var what = Excerpt.of(signed.fileName());
        var entries = entries(what, keys, signed);
        var form = named(what, () -> signedForm(dialect, signed.record()));
        var signers = keys.signers(Role.PKG_MGR, named(what, () -> canonical(dialect, form)), entries);
        if (signers.size() < keys.threshold()) {
            throw new TooFewSignatures(
                    what,
                    signers.size() + " valid signatures by the "
                            + keys.pubkeys().size() + " package keys, expected " + keys.threshold());
        }
        return new Verified<>(form, signers, keys);
    }

    /** Reads a part of a record, which does not know of which file it is. */
    private static <T> T named(String what, Supplier<T> part) {
        try {
            return part.get();
        } catch (Malformed nameless) {
            throw new Malformed(what, String.valueOf(nameless.getMessage()));
        }
    }

    /** The entries by these keys; those by others are not even read. */
    private static Map<PublicKey, SignatureEntry> entries(String what, Delegation keys, SignedRecord signed) {
        var json = signed.signatures();
        if (json == null || json instanceof JsonNull) {
            throw new SignatureMissing(what, "no signature, expected " + keys.threshold());
        }
        var given = Fields.of(what + ", signatures", json).object();
        if (given.members().isEmpty()) {
            throw new SignatureMissing(what, "no signature, expected " + keys.threshold());
        }
        var entries = new LinkedHashMap<PublicKey, SignatureEntry>();
        for (var key : keys.pubkeys()) {
            var entry = given.members().get(key.hex());
            if (entry != null) {
                entries.put(key, SignatureEntry.parse(what + ", signature of " + key, entry));
            }
        }
        return entries;
    }

    /** The file is the one that the record names: {@code NAME-VERSION-BUILD} and an extension of a package. */
    static void requireFileName(String fileName, JsonObject record) {
        var what = Excerpt.of(fileName);
        var fields = new Fields(what, record);
        var stem = fields.text("name") + "-" + fields.text("version") + "-" + fields.text("build");
        if (EXTENSIONS.stream().noneMatch(extension -> fileName.equals(stem + extension))) {
            throw new FileNameWrong(what, "its record is of " + Excerpt.of(stem));
        }
    }
}
