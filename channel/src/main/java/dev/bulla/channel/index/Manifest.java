package dev.bulla.channel.index;

import dev.bulla.channel.store.Sha256;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;

/**
 * The list of a generation's files, kept beside them:
 *
 * <pre>
 * position 4711
 * built-at 2026-11-22T08:30:00Z
 * shards 4711 2026-11-22T08:29:59.123456Z
 * file CONDA repodata.json 0123…cdef 2048
 * </pre>
 */
final class Manifest {
    static final String NAME = "manifest";

    private Manifest() {}

    static void write(Generation generation) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("position " + generation.position());
        lines.add("built-at " + generation.builtAt());
        lines.add("shards " + generation.shards().position() + " "
                + generation.shards().at());
        for (var file : generation.files()) {
            lines.add(String.join(
                    " ", "file", file.view().name(), file.name(), file.sha256().hex(), "" + file.sizeBytes()));
        }
        Files.write(generation.folder().resolve(NAME), lines, StandardCharsets.US_ASCII);
    }

    /**
     * The generation in this folder, every byte of it checked.
     *
     * @throws IOException when anything in it is missing or is not as it was written
     */
    static Generation read(Path folder) throws IOException {
        try {
            var lines = Files.readAllLines(folder.resolve(NAME), StandardCharsets.US_ASCII);
            var position = Long.parseLong(value(lines.get(0), "position "));
            var builtAt = Instant.parse(value(lines.get(1), "built-at "));
            var shards = value(lines.get(2), "shards ").split(" ", 2);
            var point = new Generation.Point(Long.parseLong(shards[0]), Instant.parse(shards[1]));
            var files = new ArrayList<GenerationFile>();
            for (var line : lines.subList(3, lines.size())) {
                files.add(file(value(line, "file ").split(" ")));
            }
            var generation = new Generation(position, builtAt, point, folder, files);
            verify(generation);
            return generation;
        } catch (RuntimeException malformed) {
            throw new IOException("the manifest of the generation " + folder.getFileName() + " is damaged", malformed);
        }
    }

    private static String value(String line, String name) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("expected \"" + name + "\"");
        }
        return line.substring(name.length());
    }

    private static GenerationFile file(String[] fields) {
        return new GenerationFile(
                Dialect.valueOf(fields[0]), fields[1], new Sha256(fields[2]), Long.parseLong(fields[3]));
    }

    private static void verify(Generation generation) throws IOException {
        if (generation.files().isEmpty()) {
            throw new IOException("the generation " + generation.position() + " has no files");
        }
        for (var file : generation.files()) {
            var path = generation.path(file);
            if (Files.size(path) != file.sizeBytes() || !sha256(path).equals(file.sha256())) {
                throw new IOException("the index file " + file.name() + " is not as it was written");
            }
        }
    }

    private static Sha256 sha256(Path path) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return Sha256.of(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
