package dev.bulla.client.shards;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;

/** Reads a shard: all records of one package name. */
public final class ShardFile {
    /** The most bytes that a shard unpacks to, as with conda: 16 MiB. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MAX_WINDOW_LOG = 24;
    private static final int MAX_RECORDS = 1 << 16;

    private final MessagePackReader reader;
    private final Visitor visitor;
    private int records;

    private ShardFile(MessagePackReader reader, Visitor visitor) {
        this.reader = reader;
        this.visitor = visitor;
    }

    /** Hears what is in a shard. */
    public interface Visitor {
        /** A record, its digests in hex; {@code section} is the map in which it stands. */
        void record(ArchiveType section, String fileName, JsonObject record);

        /** A name in {@code removed}: some clients drop its record. */
        void removed(String fileName);

        /** Records of CEP 48 are there, which nobody can sign. */
        void v3();
    }

    /**
     * Reads one.
     *
     * @throws ProblemException METADATA_MALFORMED, after the visitor heard what comes before; the message lacks the file's
     *     name
     */
    public static void read(byte[] compressed, Visitor visitor) {
        var reader = new MessagePackReader(Unpacked.of(compressed, MAX_BYTES, MAX_WINDOW_LOG));
        new ShardFile(reader, visitor).read();
        reader.end();
    }

    private void read() {
        reader.map(member -> {
            switch (member) {
                case "packages" -> reader.map(name -> record(ArchiveType.TAR_BZ2, name));
                case "packages.conda" -> reader.map(name -> record(ArchiveType.CONDA, name));
                case "v3" ->
                    reader.map(kind -> reader.map(key -> {
                        visitor.v3();
                        reader.value();
                    }));
                case "removed" -> reader.list(() -> visitor.removed(reader.string()));
                default -> reader.value();
            }
        });
    }

    private void record(ArchiveType section, String fileName) {
        if (++records > MAX_RECORDS || !(reader.value() instanceof JsonObject record)) {
            throw new ProblemException(
                    Code.METADATA_MALFORMED, "has a record that is no map, or more than " + MAX_RECORDS + " of them");
        }
        visitor.record(section, fileName, record);
    }
}
