package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.PublicKey;
import dev.bulla.trust.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Fixed keys, a fixed time, and the files that an honest channel would publish. */
final class World {
    static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
    static final Validity YEAR = Validity.from(NOW.minus(Duration.ofDays(1)), Duration.ofDays(365));
    static final Validity OVER = Validity.from(NOW.minus(Duration.ofDays(365)), Duration.ofDays(365));

    static final SigningKey ROOT_A = key(1);
    static final SigningKey ROOT_B = key(2);
    static final SigningKey ROOT_C = key(3);
    static final SigningKey KEY_MGR = key(11);
    static final SigningKey OTHER_KEY_MGR = key(12);
    static final SigningKey PKG_CONDA = key(21);
    static final SigningKey PKG_LIBMAMBA = key(22);
    static final SigningKey STRANGER = key(99);

    private World() {}

    static SigningKey key(int number) {
        var seed = new byte[SigningKey.SEED_LENGTH];
        Arrays.fill(seed, (byte) number);
        return SigningKey.ofSeed(seed);
    }

    static Delegation keys(int threshold, SigningKey... keys) {
        return new Delegation(Stream.of(keys).map(SigningKey::publicKey).toList(), threshold);
    }

    /** The first root: A alone, and one key_mgr key. */
    static SignedRole firstRoot() {
        return sign(RoleEditor.root(1, YEAR, keys(1, ROOT_A), keys(1, KEY_MGR)), ROOT_A);
    }

    static SignedRole keyMgr(int version) {
        return sign(RoleEditor.keyMgr(version, YEAR, keys(1, PKG_CONDA)), KEY_MGR);
    }

    static SignedRole sign(RoleMetadata metadata, SigningKey... signers) {
        return RoleSigner.sign(metadata, NOW, List.of(signers));
    }

    static VerificationRun run(Dialect dialect, SeenVersions seen) {
        return new VerificationRun(dialect, NOW, seen);
    }

    static VerificationRun run() {
        return run(Dialect.CONDA, SeenVersions.NONE);
    }

    /** As far as the first root. */
    static TrustedRoles begun() {
        return TrustedRoles.pinned(run(), firstRoot().envelope(), firstRoot().sha256());
    }

    /** As far as packages can be verified. */
    static TrustedRoles ready() {
        var roles = begun();
        roles.updateKeyMgr(keyMgr(1).bytes());
        return roles;
    }

    static JsonObject json(String text) {
        return (JsonObject) Json.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.METADATA);
    }

    /** A trust file with something in it changed after it was signed. */
    static byte[] edited(SignedRole file, UnaryOperator<JsonObject> edit) {
        return edit.apply((JsonObject) Json.parse(file.bytes(), JsonLimits.METADATA))
                .compact();
    }

    /** The same for what is signed in it. */
    static byte[] editedSigned(SignedRole file, UnaryOperator<JsonObject> edit) {
        return edited(
                file,
                document -> document.with("signed", edit.apply(file.metadata().json())));
    }

    /** The same for the signature entry of one key. */
    static byte[] editedEntry(SignedRole file, PublicKey key, UnaryOperator<JsonObject> edit) {
        return edited(file, document -> {
            var signatures = (JsonObject) document.member("signatures").orElseThrow();
            var entry = (JsonObject) signatures.member(key.hex()).orElseThrow();
            return document.with("signatures", signatures.with(key.hex(), edit.apply(entry)));
        });
    }
}
