package dev.bulla.cli.commands;

import dev.bulla.channel.Channels;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code bulla admin-token reset}: for whoever has the data folder but lost the token. */
final class AdminTokenResetCommand implements Command {
    private final Input<Path> data =
            Input.option("--data", Path.class, "DIR", "The server's data folder; it may be serving meanwhile.");

    @Override
    public Form form() {
        return Form.of("reset", "Ends the admin's token and writes another into the data folder.", data)
                .examples("bulla admin-token reset --data ./bulla-data");
    }

    @Override
    public Exit run(BullaCommand bulla) throws IOException {
        Logs.warningsOnly(bulla.surroundings().err());
        Path folder = ServeOptions.folder(bulla, data);
        Channels.resetAdmin(
                folder,
                bulla.surroundings().clock(),
                bulla.surroundings().random().get());
        String file = folder.resolve("admin-token").toString();
        bulla.output().result(Map.of("admin_token_file", file), () -> List.of("the new token is in " + file));
        return Exit.DONE;
    }
}
