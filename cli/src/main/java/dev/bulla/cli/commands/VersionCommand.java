package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import java.util.List;

/** {@code bulla version}: which program this is. */
final class VersionCommand implements Command {

    @Override
    public Form form() {
        return Form.of("version", "Shows the version of this program and of the Java that it runs on.")
                .examples("bulla version --json");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        bulla.output()
                .result(Version.json(), () -> List.of("bulla " + Version.text() + " on Java " + Runtime.version()));
        return Exit.DONE;
    }
}
