package dev.bulla.channel.index;

import dev.bulla.channel.index.Generation.KeptShards;
import dev.bulla.channel.index.Generation.Point;
import dev.bulla.channel.store.Sha256;
import dev.bulla.conda.index.IndexForm;
import dev.bulla.conda.index.SplicedIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;

/**
 * What a generation consists of, kept beside its files. The digests of a document's files are in its own table of blocks,
 * whose digest stands at its end.
 *
 * <pre>
 * position 4711 2026-11-22T08:29:59.123456Z
 * built-at 2026-11-22T08:30:00Z
 * document REPODATA 0123…cdef
 * shards 4711 2026-11-22T08:29:59.123456Z 4567…89ab 2048
 * </pre>
 */
final class Manifest {
    static final String NAME = "manifest";

    private Manifest() {}

    static void write(Generation generation) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("position " + text(generation.point()));
        lines.add("built-at " + generation.builtAt());
        for (var document : generation.documents()) {
            lines.add(
                    "document " + document.form().name() + " " + document.json().sha256());
        }
        var kept = generation.kept();
        if (kept != null) {
            var file = kept.file();
            lines.add("shards " + text(kept.point()) + " " + file.sha256().hex() + " " + file.sizeBytes());
        }
        Files.write(generation.folder().resolve(NAME), lines, StandardCharsets.US_ASCII);
    }

    private static String text(Point point) {
        return point.position() + " " + point.at();
    }

    /**
     * The generation in this folder, every byte of it checked.
     *
     * @throws IOException when anything in it is missing or is not as it was written
     */
    static Generation read(Path folder) throws IOException {
        try {
            var lines = Files.readAllLines(folder.resolve(NAME), StandardCharsets.US_ASCII);
            var point = point(fields(lines.get(0), "position"));
            var builtAt = Instant.parse(fields(lines.get(1), "built-at")[1]);
            var documents = new ArrayList<SplicedIndex>();
            KeptShards kept = null;
            for (var line : lines.subList(2, lines.size())) {
                if (line.startsWith("shards ")) {
                    kept = shards(folder, fields(line, "shards"));
                } else {
                    documents.add(document(folder, fields(line, "document")));
                }
            }
            if (documents.isEmpty()) {
                throw new IOException("the generation " + point.position() + " has no documents");
            }
            return new Generation(point, builtAt, folder, documents, kept);
        } catch (RuntimeException malformed) {
            throw new IOException("the manifest of the generation " + folder.getFileName() + " is damaged", malformed);
        }
    }

    private static String[] fields(String line, String first) {
        var fields = line.split(" ");
        if (!fields[0].equals(first)) {
            throw new IllegalArgumentException("expected \"" + first + "\"");
        }
        return fields;
    }

    private static Point point(String[] fields) {
        return new Point(Long.parseLong(fields[1]), Instant.parse(fields[2]));
    }

    private static SplicedIndex document(Path folder, String[] fields) throws IOException {
        var document = SplicedIndex.read(folder, IndexForm.valueOf(fields[1]));
        if (!document.json().sha256().equals(fields[2])) {
            throw new IOException("the index file " + document.json().path().getFileName() + " is another");
        }
        return document;
    }

    private static KeptShards shards(Path folder, String[] fields) throws IOException {
        var path = folder.resolve(Indexes.SHARD_INDEX);
        var file = new GenerationFile(path, new Sha256(fields[3]), Long.parseLong(fields[4]));
        if (Files.size(path) != file.sizeBytes()
                || !Sha256.digest(Files.readAllBytes(path)).equals(file.sha256())) {
            throw new IOException("the index of shards is not as it was written");
        }
        return new KeptShards(point(fields), file);
    }
}
