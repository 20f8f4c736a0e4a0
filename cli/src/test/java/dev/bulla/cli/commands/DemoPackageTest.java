package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The demo's package is what the testkit makes. {@code -Dbulla.refresh=true} writes it. */
final class DemoPackageTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("bulla.root", ".."), "cli/src/main/resources/dev/bulla/cli");

    @Test
    void the_package_of_the_demo_is_made_by_the_testkit() throws IOException {
        assertMade(DemoStory.PACKAGE, "Good day to whoever can prove where this came from.\n");
    }

    @Test
    void the_other_package_of_the_same_name_is_made_by_the_testkit() throws IOException {
        assertMade(DemoStory.OTHER_PACKAGE, "Another content under the same name.\n");
    }

    private static void assertMade(String name, String greeting) throws IOException {
        byte[] made =
                Packages.tiny("hello").file("share/hello/greeting", greeting).conda();
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("bulla.refresh")) {
            Files.write(file, made);
        }
        assertArrayEquals(made, Files.readAllBytes(file));
    }
}
