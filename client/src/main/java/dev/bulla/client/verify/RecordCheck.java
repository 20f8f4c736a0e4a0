package dev.bulla.client.verify;

import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.NotTrusted;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonNumber;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds one record of one view against its signatures. Safe to share between threads. */
final class RecordCheck {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

    private final Dialect view;
    private final Subdir subdir;
    private final TrustedRoles roles;
    private final int keyMgrVersion;

    RecordCheck(ChannelTrust trust, Dialect view, Subdir subdir) {
        this.view = view;
        this.subdir = subdir;
        this.roles = trust.roles(view);
        this.keyMgrVersion = roles.keyMgr().orElseThrow().version();
    }

    /**
     * A record as it stands in an index.
     *
     * @param signatures its entry of {@code signatures}; {@code null} when it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    record Listed(ArchiveType section, String fileName, byte[] json, byte @Nullable [] signatures) {}

    /** What a record is worth. */
    sealed interface Result {}

    /** It is signed. The content's digest covers all of the record, also what this view's signatures leave out. */
    record Signed(Evidence.View evidence, Content content) implements Result {}

    /** It is not. */
    record Refused(Problem problem) implements Result {}

    /** What a record says, as far as it is compared later: SHA-256 of its canonical bytes, and the artifact. */
    record Content(String recordSha256, long sizeBytes, String sha256) {}

    /** Checks a record. */
    Result check(Listed listed) {
        try {
            var record = Json.parse(listed.json(), JsonLimits.RECORD);
            var signatures = listed.signatures();
            var verified = roles.verifyPackage(
                    listed.fileName(), record, signatures == null ? null : Json.parse(signatures, JsonLimits.RECORD));
            var object = (JsonObject) record; // anything else does not verify
            var problem = misplaced(listed, object);
            if (problem != null) {
                return new Refused(problem);
            }
            var delegation = verified.delegation();
            return new Signed(
                    new Evidence.View(
                            view,
                            keyMgrVersion,
                            verified.signers(),
                            delegation.threshold(),
                            delegation.pubkeys().size()),
                    new Content(digest(object), Long.parseLong(number(object)), text(object, "sha256")));
        } catch (ContentTrustException e) {
            return new Refused(NotTrusted.problem(where(), e));
        } catch (JsonException e) {
            return new Refused(new Problem(
                    Code.METADATA_MALFORMED,
                    where() + listed.fileName() + ": its record or signature: " + e.getMessage()));
        }
    }

    /** What the signatures do not cover, or cover but nobody looks at: that the record is of this place and binds an artifact. */
    private @Nullable Problem misplaced(Listed listed, JsonObject record) {
        if (!listed.fileName().endsWith(listed.section().extension())) {
            return mismatch(listed, "stands among the " + listed.section().extension() + " files");
        }
        if (!text(record, "subdir").equals(subdir.text())) {
            return mismatch(listed, "its record is of another subdir, expected " + subdir);
        }
        if (!SHA256.matcher(text(record, "sha256")).matches()
                || !SIZE.matcher(number(record)).matches()) {
            return mismatch(listed, "its record has no size and sha256, so that no artifact is bound to it");
        }
        return null;
    }

    private Problem mismatch(Listed listed, String why) {
        return new Problem(Code.RECORD_MISMATCH, where() + listed.fileName() + ": " + why);
    }

    private String where() {
        return IndexCopy.folder(view, subdir);
    }

    private static String text(JsonObject record, String member) {
        return record.member(member).orElse(null) instanceof JsonString string ? string.value() : "";
    }

    private static String number(JsonObject record) {
        return record.member("size").orElse(null) instanceof JsonNumber number ? number.text() : "";
    }

    private static String digest(JsonObject record) {
        return HexFormat.of().formatHex(sha256().digest(Dialect.CONDA.canonical(record)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
