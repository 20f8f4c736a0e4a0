package dev.bulla.channel.catalog;

import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;

/**
 * How much of a subdir a label lists.
 *
 * @param subdir which
 * @param label which
 * @param listed how many artifacts
 * @param bytes of them
 */
public record LabelStatistics(Subdir subdir, Label label, long listed, long bytes) {}
