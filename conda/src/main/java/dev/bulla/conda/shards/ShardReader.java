package dev.bulla.conda.shards;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.name.ArchiveType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a shard once, from its first byte to its last. */
final class ShardReader {
    /** As conda reads it. */
    private static final int MAX_WINDOW_LOG = 24;

    private static final int MAX_RECORDS = 1 << 16;
    private static final List<String> LEGACY_SECTIONS =
            List.of(ArchiveType.TAR_BZ2.section(), ArchiveType.CONDA.section());

    private final MessagePackReader in;
    private final ShardVisitor visitor;
    private final Set<String> members = new HashSet<>();
    private final Set<String> fileNames = new HashSet<>();
    private int records;

    private ShardReader(MessagePackReader in, ShardVisitor visitor) {
        this.in = in;
        this.visitor = visitor;
    }

    static void read(byte[] bytes, ShardLimits limits, ShardVisitor visitor) {
        var plain = Frame.decompress(bytes, limits.shardBytes(), MAX_WINDOW_LOG);
        var in = new MessagePackReader(plain, limits.recordValues());
        new ShardReader(in, visitor).read();
        in.end();
    }

    private void read() {
        for (var left = in.map(); left > 0; left--) {
            var name = in.string();
            if (!members.add(name)) {
                throw new InvalidMessagePackException("a member is there twice");
            }
            switch (name) {
                case "packages" -> legacy(ArchiveType.TAR_BZ2);
                case "packages.conda" -> legacy(ArchiveType.CONDA);
                case "removed" -> removed();
                case "v3" -> revision3();
                default -> in.skip();
            }
        }
        if (!members.containsAll(LEGACY_SECTIONS)) {
            throw new InvalidMessagePackException("packages or packages.conda is missing");
        }
    }

    private void legacy(ArchiveType section) {
        for (var left = in.map(); left > 0; left--) {
            var fileName = in.string();
            if (!fileNames.add(fileName)) {
                throw new InvalidMessagePackException("a file is there twice");
            }
            visitor.record(section, fileName, record());
        }
    }

    private void revision3() {
        for (var kinds = in.map(); kinds > 0; kinds--) {
            var kind = in.string();
            for (var left = in.map(); left > 0; left--) {
                visitor.revision3(kind, in.string(), record());
            }
        }
    }

    private byte[] record() {
        if (++records > MAX_RECORDS) {
            throw new InvalidMessagePackException("more than " + MAX_RECORDS + " records");
        }
        if (!in.isMap()) {
            throw new InvalidMessagePackException("a record is no map");
        }
        return in.json().getBytes(UTF_8);
    }

    private void removed() {
        for (var left = in.array(); left > 0; left--) {
            visitor.removed(in.string());
        }
    }
}
