package dev.bulla.trust.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The public projects' content-trust files; a test that needs them is skipped where they are absent. */
public final class FixtureFolder {
    private static final Path FOLDER =
            Path.of(System.getProperty("bulla.fixtures", "../shared/fixtures")).resolve("content-trust");

    private FixtureFolder() {}

    /** The bytes of one file below {@code content-trust}. */
    public static byte[] bytes(String path) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FOLDER), "no fixtures at " + FOLDER);
        return Files.readAllBytes(FOLDER.resolve(path));
    }

    /** The same, parsed. */
    public static Json json(String path) throws IOException {
        return Json.parse(bytes(path), JsonLimits.METADATA);
    }
}
