package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.keys.PublicKey;
import java.util.Map;

/**
 * A signed trust file, ready to be written: its bytes are made once, and what was signed is among them.
 *
 * @param metadata what it says
 * @param envelope the file
 */
public record SignedRole(RoleMetadata metadata, Envelope envelope) {
    static SignedRole of(RoleMetadata metadata, Map<PublicKey, SignatureEntry> entries) {
        var signatures = JsonObject.builder();
        entries.forEach((key, entry) -> signatures.put(key.hex(), entry.json()));
        var document = JsonObject.of("signatures", signatures.build(), "signed", metadata.json());
        var bytes = Dialect.CONDA.canonical(document);
        return new SignedRole(metadata, Envelope.parse(metadata.fileName(), bytes));
    }

    /** The name under which it is published. */
    public String fileName() {
        return metadata.fileName();
    }

    /** A copy of the bytes of the file: the canonical form of the whole envelope. */
    public byte[] bytes() {
        return envelope.bytes();
    }

    /** The lower-case hex SHA-256 of the file. */
    public String sha256() {
        return envelope.sha256();
    }
}
