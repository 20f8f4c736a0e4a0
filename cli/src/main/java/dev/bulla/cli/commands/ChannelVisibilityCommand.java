package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.json.JsonObject;
import java.util.List;

/** {@code bulla channel visibility}: who may read a channel. */
final class ChannelVisibilityCommand implements Command {
    private final Input<String> name = Input.word(String.class, "NAME", "The channel.");
    private final Input<String> visibility = Input.word(String.class, "WHO", "public, private or hidden.");

    @Override
    public Form form() {
        return Form.of(
                        "visibility",
                        "Changes who may read a channel: public, everybody; private, who has a token for it; hidden, the"
                                + " same, and others are told that there is no such channel.",
                        name,
                        visibility)
                .examples("bulla channel visibility internal private");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var channel = ChannelName.parse(name.required());
        var request =
                JsonObject.builder().put("visibility", visibility.required()).build();
        var answer = Remote.of(bulla).api().send("PUT", "channels/" + channel + "/visibility", request.compact());
        bulla.output()
                .result(
                        Answers.map(answer),
                        () -> List.of(channel + " is " + Answers.text(answer, "visibility", "?") + " now"));
        return Exit.DONE;
    }
}
