package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
    @TempDir
    private Path home;

    @Test
    void the_story_is_told_to_its_end_in_under_a_minute_and_leaves_nothing() throws IOException {
        List<Path> before = leftovers();
        var ended =
                assertTimeout(Duration.ofMinutes(1), () -> CommandRun.at(home).run("demo"));
        assertEquals(0, ended.status(), ended.out() + ended.err());
        for (String step : List.of("upload", "stage", "promote", "sign", "verify", "tamper")) {
            assertTrue(ended.out().matches("(?s).*\\d  " + step + " +ok\\R.*"), step + "\n" + ended.out());
        }
        for (String code : List.of(
                "name_conflict", "signatures_too_few", "signature_missing", "artifact_changed", "root_not_pinned")) {
            assertTrue(ended.out().contains("[" + code + "]"), code + "\n" + ended.out());
        }
        assertEquals(before, leftovers());
    }

    private static List<Path> leftovers() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("bulla-demo-"))
                    .sorted()
                    .toList();
        }
    }
}
