package dev.bulla.trust.contenttrust;

import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A package record and what stands in {@code signatures} for it; not verified.
 *
 * @param fileName of the artifact
 * @param record its entry in {@code packages} or {@code packages.conda}
 * @param signatures its entry in {@code signatures}; null when there is none
 */
public record SignedRecord(
        String fileName, JsonObject record, @Nullable Json signatures) {}
