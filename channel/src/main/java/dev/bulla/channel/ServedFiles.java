package dev.bulla.channel;

import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.index.Generation;
import dev.bulla.channel.index.GenerationFile;
import dev.bulla.channel.metadata.TrustFile;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.json.Dialect;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Gives files their validators. */
final class ServedFiles {
    private static final int ETAG_CHARACTERS = 32;

    private ServedFiles() {}

    static ServedFile of(Place place, Generation generation, GenerationFile file) {
        var address = place + " " + file.view() + " " + file.name();
        var contentType = file.name().endsWith(".json") ? "application/json" : "application/zstd";
        return new ServedFile.OnDisk(
                generation.path(file),
                etag(address, file.sha256()),
                generation.builtAt(),
                contentType,
                file.sizeBytes());
    }

    static ServedFile of(ChannelName channel, Dialect view, TrustFile file) {
        var address = channel + " " + view + " " + file.fileName();
        return new ServedFile.InMemory(
                file.content(), etag(address, sha256(file.bytes())), file.signedAt(), "application/json");
    }

    /** Of the content and of the address: one client asks for one address with the tag of another. */
    private static String etag(String address, Sha256 content) {
        var both = sha256((address + " " + content).getBytes(StandardCharsets.UTF_8));
        return '"' + both.hex().substring(0, ETAG_CHARACTERS) + '"';
    }

    static Sha256 sha256(byte[] bytes) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
