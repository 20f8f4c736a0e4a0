package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A model of what a subdir holds, which remembers what changed since it was last written. */
final class SplicedChannel {
    private static final byte[] INFO = "{\"subdir\":\"linux-64\"}".getBytes(UTF_8);
    private static final String[] NAMES = {"a", "a-b", "a.b", "a0", "a_b", "b", "c", "d-e-f", "zlib"};

    private final SortedMap<String, SortedMap<String, Item>> packages = new TreeMap<>();
    private final SortedSet<String> changed = new TreeSet<>();

    /** A record, or a removed file. */
    private record Item(String record, @Nullable String signed) {
        private static final Item REMOVED = new Item("", null);
    }

    static SplicedChannel random(long seed, int names) {
        var channel = new SplicedChannel();
        var random = new Random(seed);
        for (var i = 0; i < names; i++) {
            channel.fill("p" + i, random);
        }
        return channel;
    }

    /** Adds, changes or removes some names, or nothing at all. */
    void change(Random random) {
        for (var i = random.nextInt(5); i > 0; i--) {
            var name = NAMES[random.nextInt(NAMES.length)];
            if (random.nextInt(3) == 0) {
                packages.remove(name);
                changed.add(name);
            } else {
                fill(name, random);
            }
        }
    }

    private void fill(String name, Random random) {
        var files = packages.computeIfAbsent(name, key -> new TreeMap<>());
        for (var i = random.nextInt(8) + 1; i > 0; i--) {
            var fileName = name + "-" + random.nextInt(5) + "-" + random.nextInt(5)
                    + (random.nextInt(3) == 0 ? ".tar.bz2" : ".conda");
            files.put(fileName, item(random));
        }
        changed.add(name);
    }

    private static Item item(Random random) {
        if (random.nextInt(6) == 0) {
            return Item.REMOVED;
        }
        var record =
                "{\"summary\":\"é %s\",\"size\":1%d}".formatted("x".repeat(random.nextInt(99)), random.nextInt(999));
        return new Item(
                record, random.nextInt(4) == 0 ? null : "{\"k\":{\"signature\":\"" + random.nextLong() + "\"}}");
    }

    /** The same, of which nothing was ever written. */
    SplicedChannel copy() {
        var copy = new SplicedChannel();
        copy.packages.putAll(packages);
        copy.changed.addAll(packages.keySet());
        return copy;
    }

    /** Writes what changed. */
    SplicedIndex write(Path folder, @Nullable SplicedIndex old) throws IOException {
        try (var splicer = RepodataSplicer.open(folder, INFO, old)) {
            for (var name : changed) {
                splicer.change(PackageName.parse(name));
                for (var file : packages.getOrDefault(name, new TreeMap<>()).entrySet()) {
                    add(splicer, ArchiveName.parse(file.getKey()), file.getValue());
                }
            }
            var index = splicer.finish();
            changed.clear();
            return index;
        }
    }

    private static void add(RepodataSplicer splicer, ArchiveName archive, Item item) throws IOException {
        if (item.record().isEmpty()) {
            splicer.removed(archive);
            return;
        }
        var signed = item.signed();
        splicer.record(archive, item.record().getBytes(UTF_8), signed == null ? null : signed.getBytes(UTF_8));
    }

    /** What an index shall tell. */
    SortedSet<String> told() {
        var told = new TreeSet<String>();
        packages.values()
                .forEach(files -> files.forEach((fileName, item) -> {
                    told.add(fileName + (item.record().isEmpty() ? " removed" : " is " + item.record()));
                    if (item.signed() != null) {
                        told.add(fileName + " signed " + item.signed());
                    }
                }));
        return told;
    }
}
