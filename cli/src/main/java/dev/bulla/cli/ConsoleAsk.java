package dev.bulla.cli;

import dev.bulla.cli.commands.Ask;
import java.io.Console;
import java.util.Optional;

/** Asks on the process's own terminal. */
final class ConsoleAsk implements Ask {

    @Override
    public Optional<String> secret(String question) {
        return console()
                .flatMap(console -> Optional.ofNullable(console.readPassword("%s", question)))
                .map(String::new);
    }

    @Override
    public Optional<String> line(String question) {
        return console().flatMap(console -> Optional.ofNullable(console.readLine("%s", question)));
    }

    private static Optional<Console> console() {
        return Optional.ofNullable(System.console());
    }
}
