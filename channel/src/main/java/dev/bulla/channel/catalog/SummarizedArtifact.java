package dev.bulla.channel.catalog;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An artifact as a summary of its channel sees it. All JSON is compact and UTF-8.
 *
 * @param subdir where it is
 * @param name its file name
 * @param publishedAt since when
 * @param sha256 of its bytes
 * @param record its record
 * @param runExports the object of what it exports; null when it exports nothing
 * @param about the object of what it says of itself; null when it says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // read to be looked at once, never compared or changed
public record SummarizedArtifact(
        Subdir subdir,
        ArchiveName name,
        Instant publishedAt,
        byte[] sha256,
        byte[] record,
        byte @Nullable [] runExports,
        byte @Nullable [] about) {}
