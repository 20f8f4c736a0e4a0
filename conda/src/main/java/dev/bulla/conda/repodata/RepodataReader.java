package dev.bulla.conda.repodata;

import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Excerpt;
import java.io.IOException;
import java.io.InputStream;

/** Reads a {@code repodata.json} of any size in bounded memory. Not safe to share between threads. */
public final class RepodataReader {
    private static final int MAX_MEMBERS = 1000;

    private final JsonScanner json;
    private final RepodataLimits limits;
    private final RepodataVisitor visitor;

    private RepodataReader(InputStream in, RepodataLimits limits, RepodataVisitor visitor) {
        this.json = new JsonScanner(in, limits.totalBytes());
        this.limits = limits;
        this.visitor = visitor;
    }

    /**
     * Reads the stream to its end and tells the visitor what is there.
     *
     * @throws dev.bulla.problem.ProblemException {@code repodata_invalid}, after the visitor saw what comes before: no
     *     JSON, a file name listed twice, a map that is none, or something over a limit
     */
    public static void read(InputStream in, RepodataLimits limits, RepodataVisitor visitor) throws IOException {
        new RepodataReader(in, limits, visitor).document();
    }

    private void document() throws IOException {
        object(new NameSet(), MAX_MEMBERS, this::member);
        if (json.peek() >= 0) {
            throw json.invalid("more follows the end");
        }
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "packages" -> records(ArchiveType.TAR_BZ2);
            case "packages.conda" -> records(ArchiveType.CONDA);
            case "signatures" -> signatures();
            case "removed" -> removed();
            case "info" -> visitor.info(json.value(limits.memberBytes()));
            default -> visitor.other(name, json.value(limits.memberBytes()));
        }
    }

    private void records(ArchiveType section) throws IOException {
        object(new NameSet(), limits.records(), fileName -> {
            if (json.peek() != '{') {
                throw json.invalid("a record that is no object");
            }
            visitor.record(section, fileName, json.value(limits.recordBytes()));
        });
    }

    private void signatures() throws IOException {
        object(
                new NameSet(),
                2 * limits.records(),
                fileName -> visitor.signatures(fileName, json.value(limits.recordBytes())));
    }

    /** A list as a rule; some servers write a map. */
    private void removed() throws IOException {
        if (json.peek() != '[') {
            visitor.other("removed", json.value(limits.memberBytes()));
            return;
        }
        json.expect('[');
        if (json.accept(']')) {
            return;
        }
        var count = 0;
        do {
            if (++count > limits.records()) {
                throw json.invalid("more than " + limits.records() + " removed names");
            }
            visitor.removed(json.string());
        } while (json.accept(','));
        json.expect(']');
    }

    private interface Entry {
        void read(String name) throws IOException;
    }

    private void object(NameSet names, int maxNames, Entry entry) throws IOException {
        json.expect('{');
        if (json.accept('}')) {
            return;
        }
        do {
            var name = json.string();
            if (!names.add(name)) {
                throw json.invalid(Excerpt.of(name) + " is there twice");
            }
            if (names.size() > maxNames) {
                throw json.invalid("more than " + maxNames + " names in one map");
            }
            json.expect(':');
            entry.read(name);
        } while (json.accept(','));
        json.expect('}');
    }
}
