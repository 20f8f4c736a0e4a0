package dev.bulla.channel.catalog;

import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.name.Label;
import java.time.Instant;

/**
 * What a promotion puts into a channel.
 *
 * @param place where
 * @param label which label shows it
 * @param signed its record, whose archive name it gets, and the signatures
 * @param sayings what the package says beside it
 * @param sha256 of its bytes, which are durable already
 * @param md5 32 lower-case hexadecimal characters
 * @param submissionId the submission that it comes from
 * @param publishedAt now
 */
public record NewArtifact(
        Place place,
        Label label,
        SignedRecord signed,
        Sayings sayings,
        Sha256 sha256,
        String md5,
        String submissionId,
        Instant publishedAt) {}
