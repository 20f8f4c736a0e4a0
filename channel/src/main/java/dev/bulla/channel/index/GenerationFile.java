package dev.bulla.channel.index;

import dev.bulla.channel.store.Sha256;
import dev.bulla.trust.json.Dialect;

/**
 * One file of a generation.
 *
 * @param view whose signatures it carries
 * @param name its file name as clients ask for it
 * @param sha256 of its bytes
 * @param sizeBytes how many they are
 */
public record GenerationFile(Dialect view, String name, Sha256 sha256, long sizeBytes) {}
