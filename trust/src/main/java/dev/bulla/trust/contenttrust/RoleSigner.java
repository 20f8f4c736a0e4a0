package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.PublicKey;
import dev.bulla.trust.keys.Signer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs metadata: a root in the OpenPGP form, key_mgr and pkg_mgr in the raw one. Not checked here: that these signers
 * are enough, or the right ones; {@link TrustedRoles} tells, and whoever publishes asks it first. Stateless.
 */
public final class RoleSigner {
    private RoleSigner() {}

    /**
     * The signed file.
     *
     * @param signedAt written into the headers of a root's signatures; not read by clients
     * @param signers each of whom signs; one key may not sign twice
     */
    public static SignedRole sign(RoleMetadata metadata, Instant signedAt, List<? extends Signer> signers) {
        return sign(metadata, signedAt, signers, Map.of());
    }

    /**
     * The same file with more signatures, for signers who are not in one place.
     *
     * @throws ContentTrustException when the file is no metadata of this role
     */
    public static SignedRole addSignatures(
            Role role, Envelope envelope, Instant signedAt, List<? extends Signer> signers) {
        return sign(RoleMetadata.parse(role, envelope), signedAt, signers, envelope.signatures());
    }

    private static SignedRole sign(
            RoleMetadata metadata,
            Instant signedAt,
            List<? extends Signer> signers,
            Map<PublicKey, SignatureEntry> present) {
        var canonical = Dialect.CONDA.canonical(metadata.json());
        var entries = new LinkedHashMap<>(present);
        for (var signer : signers) {
            if (entries.put(signer.publicKey(), entry(metadata.role(), canonical, signedAt, signer)) != null) {
                throw new IllegalArgumentException("signed twice by " + signer.publicKey());
            }
        }
        return SignedRole.of(metadata, entries);
    }

    private static SignatureEntry entry(Role role, byte[] canonical, Instant signedAt, Signer signer) {
        if (role != Role.ROOT) {
            return SignatureEntry.raw(signer.sign(canonical));
        }
        var header = OpenPgp.header(signer.publicKey(), signedAt);
        return SignatureEntry.openPgp(signer.sign(OpenPgp.digest(canonical, header)), header);
    }
}
