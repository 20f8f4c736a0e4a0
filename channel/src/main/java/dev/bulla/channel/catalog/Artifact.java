package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Sha256;
import java.time.Instant;

/**
 * What is published under a name.
 *
 * @param place where
 * @param position journal position of its promotion
 * @param changedPosition journal position of its last change: its promotion, a label, a yank
 * @param yanked whether indexes leave it out; its bytes are served all the same
 * @param sha256 of its bytes
 * @param md5 32 lower-case hexadecimal characters
 * @param sizeBytes how many they are
 * @param publishedAt when it became public
 */
public record Artifact(
        Place place,
        long position,
        long changedPosition,
        boolean yanked,
        Sha256 sha256,
        String md5,
        long sizeBytes,
        Instant publishedAt) {}
