package dev.bulla.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real packages and metadata of other projects, which stay outside the repository. */
public final class Fixtures {
    /** The system property that says where they are; unset means the place beside the repository. */
    public static final String PROPERTY = "bulla.fixtures";

    private Fixtures() {}

    /** The folder of all fixtures; a test that asks for it is skipped where it is absent. */
    public static Path folder() {
        var folder = Path.of(System.getProperty(PROPERTY, "../../shared/fixtures"));
        assumeTrue(Files.isDirectory(folder), () -> "no fixtures: set -D" + PROPERTY + "; looked for " + folder);
        return folder.toAbsolutePath().normalize();
    }

    /** One file or folder among them, named by its path under {@link #folder()}; it must exist. */
    public static Path path(String relative) {
        var path = folder().resolve(relative);
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("no such fixture: " + relative);
        }
        return path;
    }

    /** The bytes of one file among them. */
    public static byte[] bytes(String relative) {
        try {
            return Files.readAllBytes(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
