package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.json.JsonObject;
import java.util.List;

/** {@code bulla channel create}. */
final class ChannelCreateCommand implements Command {
    private final Input<String> name = Input.word(String.class, "NAME", "The new channel's name.");

    @Override
    public Form form() {
        return Form.of(
                        "create",
                        "Makes a channel with its own keys. The server writes its root key into its data folder, from"
                                + " where it is to be taken offline.",
                        name)
                .examples("bulla channel create staging");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var request = JsonObject.builder()
                .put("name", ChannelName.parse(name.required()).text())
                .build();
        var answer = Remote.of(bulla).api().send("POST", "channels", request.compact());
        bulla.output()
                .result(
                        Answers.map(answer),
                        () -> List.of(
                                "created " + Answers.text(answer, "url", "?"),
                                "root sha256 " + Answers.text(answer, "root_sha256", "?"),
                                "its root key is in " + Answers.text(answer, "root_key_file", "?")
                                        + " in the server's data folder: move it to a place that is offline"));
        return Exit.DONE;
    }
}
