package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.util.List;

/** {@code bulla channel create}. */
final class ChannelCreateCommand implements Command {
    private final Input<String> name = Input.word(String.class, "NAME", "The new channel's name.");

    private final Input<Boolean> isPrivate =
            Input.flag("--private", "Only who has a token for it may read it; others are told so.");
    private final Input<Boolean> isHidden =
            Input.flag("--hidden", "The same, but others are told that there is no such channel.");

    @Override
    public Form form() {
        return Form.of(
                        "create",
                        "Makes a channel with its own keys. The server writes its root key into its data folder, from"
                                + " where it is to be taken offline.",
                        name,
                        isPrivate,
                        isHidden)
                .examples("bulla channel create staging", "bulla channel create internal --private");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var request = JsonObject.builder()
                .put("name", ChannelName.parse(name.required()).text())
                .put("visibility", visibility())
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

    private String visibility() {
        if (Input.isSet(isHidden) && Input.isSet(isPrivate)) {
            throw new ProblemException(Code.BAD_REQUEST, "a channel is --private or --hidden, not both");
        }
        if (Input.isSet(isHidden)) {
            return "hidden";
        }
        return Input.isSet(isPrivate) ? "private" : "public";
    }
}
