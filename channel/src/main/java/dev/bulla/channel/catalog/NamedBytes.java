package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Sha256;

/**
 * Bytes that an artifact names.
 *
 * @param sha256 their digest
 * @param sizeBytes how many they are
 * @param example one of the artifacts that name them, {@code channel/subdir/file}
 */
public record NamedBytes(Sha256 sha256, long sizeBytes, String example) {}
