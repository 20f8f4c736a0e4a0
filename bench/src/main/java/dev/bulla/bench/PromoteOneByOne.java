package dev.bulla.bench;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.shards.Shard;
import dev.bulla.conda.shards.ShardIndex;
import dev.bulla.conda.shards.ShardLimits;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code PromoteOneByOne URL DATA SUBDIR SEEDED NAMES WARM_UP COUNT EVERY_MILLIS}: publishes so many further packages of a
 * seeded channel, each when the one before is visible, and prints as one line of JSON how long each took from the request
 * until a reader over HTTP had its shard, and how long after the last one the files that list the whole subdir named it.
 * The first ones, so many as WARM_UP, are not reported.
 */
final class PromoteOneByOne {
    private final Asked server;
    private final String subdir;
    private final SeedPackages packages;
    private final List<Long> answered = new ArrayList<>();
    private final List<Long> visible = new ArrayList<>();
    private long lastAnswered;

    private PromoteOneByOne(Asked server, String subdir, SeedPackages packages) {
        this.server = server;
        this.subdir = subdir;
        this.packages = packages;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var subdir = args[2];
        var first = Integer.parseInt(args[3]);
        var names = Integer.parseInt(args[4]);
        var warmUp = Integer.parseInt(args[5]);
        var count = Integer.parseInt(args[6]);
        var every = Long.parseLong(args[7]);
        var server = Asked.at(args[0], Asked.token(Path.of(args[1])));
        var one = new PromoteOneByOne(server, subdir, new SeedPackages(subdir, names));
        one.promote(first, warmUp, every);
        one.settle(first + warmUp - 1);
        one.answered.clear();
        one.visible.clear();
        var lists = WholeLists.of(server, subdir);
        one.promote(first + warmUp, count, every);
        var delays = lists.await(one.packages.number(first + warmUp + count - 1).condaName(), one.lastAnswered);
        System.out.println("{\"answered_us\": " + one.answered + ", \"visible_us\": " + one.visible + ", \"lists_ms\": "
                + json(delays) + "}");
    }

    private static String json(Map<String, Long> delays) {
        return delays.entrySet().stream()
                .map(delay -> "\"" + delay.getKey() + "\": " + delay.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private void promote(int first, int count, long everyMillis) throws IOException, InterruptedException {
        for (var number = first; number < first + count; number++) {
            promote(packages.number(number));
            TimeUnit.MILLISECONDS.sleep(everyMillis);
        }
    }

    private void promote(TinyPackage tiny) throws IOException, InterruptedException {
        var bytes = tiny.conda();
        var start = System.nanoTime();
        server.publish(tiny.condaName(), bytes);
        lastAnswered = System.nanoTime();
        while (!isVisible(tiny.condaName())) {
            Thread.onSpinWait();
        }
        answered.add(TimeUnit.NANOSECONDS.toMicros(lastAnswered - start));
        visible.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
    }

    private boolean isVisible(String fileName) throws IOException, InterruptedException {
        var folder = "/main/" + subdir + "/";
        var index = ShardIndex.parse(server.get(folder + "repodata_shards.msgpack.zst"), ShardLimits.DEFAULT);
        var hash = index.shards().hash(ArchiveName.parse(fileName).name().text());
        if (hash.isEmpty()) {
            return false;
        }
        var shard = server.get(folder + "shards/" + HexFormat.of().formatHex(hash.get()) + ".msgpack.zst");
        return Shard.parse(shard, ShardLimits.DEFAULT).records().containsKey(fileName);
    }

    /** Returns when the whole lists show the warm-up too, so that their making is not measured. */
    private void settle(int last) throws IOException, InterruptedException {
        var fileName = packages.number(last).condaName();
        while (!WholeLists.of(server, subdir).name(fileName)) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
