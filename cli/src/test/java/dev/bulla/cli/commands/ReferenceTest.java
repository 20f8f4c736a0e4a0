package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The pages in docs/reference are those that the code makes. {@code -Dbulla.refresh=true} writes them. */
final class ReferenceTest {
    private static final Path FOLDER = Path.of(System.getProperty("bulla.root", ".."), "docs/reference");

    @Test
    void codes_are_those_of_the_code() throws IOException {
        assertCurrent("codes.md", Reference.codes());
    }

    @Test
    void commands_are_those_of_the_code() throws IOException {
        assertCurrent("cli.md", Reference.commands(Commands.all(CommandRun.nothing())));
    }

    @Test
    void configuration_is_that_of_the_code() throws IOException {
        assertCurrent("configuration.md", Reference.configuration());
    }

    private static void assertCurrent(String name, String made) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("bulla.refresh")) {
            Files.writeString(file, made);
        }
        assertEquals(made, Files.readString(file), name + " is stale: mvn test -Dbulla.refresh=true writes it anew");
    }
}
