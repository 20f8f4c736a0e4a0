package dev.bulla.channel.catalog;

import dev.bulla.conda.repodata.PackageRecord;

/**
 * A record with what vouches for it.
 *
 * @param record as it is served
 * @param condaSignatures the JSON object public key → entry, over the record as conda reads it
 * @param libmambaSignatures the same over the record as libmamba reads it
 */
public record SignedRecord(PackageRecord record, String condaSignatures, String libmambaSignatures) {}
