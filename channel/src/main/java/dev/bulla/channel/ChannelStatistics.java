package dev.bulla.channel;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.LabelStatistics;
import dev.bulla.channel.catalog.SubdirStatistics;
import java.util.List;

/**
 * How much a channel has, as of one moment.
 *
 * @param subdirs those that have anything, sorted
 * @param labels what each label lists in them, sorted
 * @param waiting the indexes whose whole lists are behind what the shards show
 */
public record ChannelStatistics(List<SubdirStatistics> subdirs, List<LabelStatistics> labels, List<IndexUnit> waiting) {
    /** Keeps its own copies. */
    public ChannelStatistics {
        subdirs = List.copyOf(subdirs);
        labels = List.copyOf(labels);
        waiting = List.copyOf(waiting);
    }
}
