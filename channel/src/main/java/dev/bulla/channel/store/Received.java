package dev.bulla.channel.store;

import java.nio.file.Path;

/**
 * Bytes that have arrived whole, with what the server computed from them.
 *
 * @param file where they wait until they are kept
 * @param sha256 their address
 * @param md5 32 lower-case hexadecimal characters, because records must carry it; nothing is decided by it
 * @param sizeBytes how many they are
 */
public record Received(Path file, Sha256 sha256, String md5, long sizeBytes) {}
