package dev.bulla.channel;

import dev.bulla.channel.imports.ImportLimits;
import dev.bulla.channel.imports.Importer;
import dev.bulla.channel.imports.Shop;
import dev.bulla.channel.index.Indexes;
import dev.bulla.channel.index.Pace;
import dev.bulla.channel.publish.PublishPipeline;
import dev.bulla.channel.store.Blobs;
import dev.bulla.channel.store.DataFolder;
import dev.bulla.channel.store.Database;
import dev.bulla.channel.store.Disk;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What all channels of one data folder stand on. */
record Foundation(
        DataFolder data,
        Disk disk,
        Database database,
        Blobs blobs,
        Indexes indexes,
        PublishPipeline pipeline,
        Importer importer,
        Clock clock,
        RandomGenerator random) {
    static Foundation lay(DataFolder data, ChannelsConfig config, Outside outside, Database database, Blobs blobs) {
        var limits = new PublishPipeline.Limits(config.uploadLimitBytes(), config.diskReserveBytes());
        var indexes = new Indexes(data, database, outside.disk(), outside.clock(), outside.pace());
        var pipeline = new PublishPipeline(database, blobs, limits, outside.clock(), outside.random());
        var shop = new Shop(
                database,
                blobs,
                pipeline.pins(),
                indexes,
                ImportLimits.of(config.uploadLimitBytes(), config.diskReserveBytes()),
                outside.clock(),
                outside.random());
        return new Foundation(
                data,
                outside.disk(),
                database,
                blobs,
                indexes,
                pipeline,
                new Importer(shop),
                outside.clock(),
                outside.random());
    }

    /**
     * What comes from outside, so that a test can hold it.
     *
     * @param disk the effects on files
     * @param clock the time
     * @param random a secure source
     * @param pace when whole indexes are made
     */
    record Outside(Disk disk, Clock clock, RandomGenerator random, Pace pace) {}
}
