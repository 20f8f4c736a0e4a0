package dev.bulla.channel;

import dev.bulla.channel.store.Sha256;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A published artifact and its bytes.
 *
 * @param path the local file that holds them; never changed
 * @param sha256 their digest, as the signed record says
 * @param md5 32 lower-case hexadecimal characters
 * @param sizeBytes how many they are
 * @param publishedAt when the artifact became public
 */
public record StoredArtifact(Path path, Sha256 sha256, String md5, long sizeBytes, Instant publishedAt) {}
