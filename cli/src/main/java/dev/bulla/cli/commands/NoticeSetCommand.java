package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

/** {@code bulla notice set}: a channel says something to its users. */
final class NoticeSetCommand implements Command {
    private final Input<String> id =
            Input.word(String.class, "ID", "Its name, by which it can be replaced or removed.");
    private final Input<String> message = Input.option("--message", String.class, "TEXT", "What to say.");
    private final Input<String> level =
            Input.option("--level", String.class, "LEVEL", "info, warning or critical; by default info.");
    private final Input<String> expires = Input.option(
            "--expires", String.class, "TIME", "Until when: a time, or days such as P7D; by default P30D.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");

    @Override
    public Form form() {
        return Form.of(
                        "set",
                        "Has a channel say something that conda and pixi show to its users once.",
                        id,
                        message,
                        level,
                        expires,
                        channel)
                .examples("bulla notice set moving --level warning --expires P14D --message \"This channel moves.\"");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var name = ChannelName.parse(channel.value().orElse("main"));
        var text =
                message.value().orElseThrow(() -> new ProblemException(Code.BAD_REQUEST, "a notice has a --message"));
        var request = JsonObject.builder()
                .put("level", level.value().orElse("info"))
                .put("message", text)
                .put(
                        "expires_at",
                        expires(bulla.surroundings().clock().instant()).toString())
                .build();
        var path = "channels/" + name + "/notices/" + NoticeRemoveCommand.id(id.required());
        var answer = Remote.of(bulla).api().send("PUT", path, request.compact());
        bulla.output()
                .result(
                        Answers.map(answer),
                        () -> List.of("%s says until %s: %s"
                                .formatted(
                                        name,
                                        Answers.text(answer, "expires_at", "?"),
                                        Answers.text(answer, "message", "?"))));
        return Exit.DONE;
    }

    private Instant expires(Instant now) {
        var text = expires.value().orElse("P30D");
        try {
            return text.startsWith("P")
                    ? now.atOffset(ZoneOffset.UTC).plus(Period.parse(text)).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    Code.BAD_REQUEST,
                    "--expires " + text + " is neither a time such as 2026-12-24T18:00:00Z nor days such as P7D",
                    e);
        }
    }
}
