package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.util.List;

/** {@code bulla token create}: a credential for reading one channel. */
final class TokenCreateCommand implements Command {
    private final Input<String> channel = Input.option("--channel", String.class, "NAME", "The channel it is for.");
    private final Input<Boolean> read = Input.flag("--read", "It may read the channel, and do nothing else.");
    private final Input<String> name =
            Input.option("--name", String.class, "TEXT", "What to call it in lists and logs.");

    @Override
    public Form form() {
        return Form.of(
                        "create",
                        "Makes a token with which a channel that is not public may be read. It is shown once.",
                        channel,
                        read,
                        name)
                .examples("bulla token create --channel internal --read --name \"build machines\"");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        if (!Input.isSet(read)) {
            throw new ProblemException(Code.BAD_REQUEST, "what may the token do? --read is expected");
        }
        var where = ChannelName.parse(channel.value()
                .orElseThrow(() -> new ProblemException(Code.BAD_REQUEST, "a token is for one --channel")));
        var request = JsonObject.builder()
                .put("name", name.value().orElse("reads " + where))
                .build();
        var answer = Remote.of(bulla).api().send("POST", "channels/" + where + "/tokens", request.compact());
        bulla.output().result(Answers.map(answer), () -> List.of(Answers.text(answer, "token", "?")));
        return Exit.DONE;
    }
}
