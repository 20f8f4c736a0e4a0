package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.TextTable;
import dev.bulla.client.fetch.Limit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;

/** {@code bulla notice list}: what the users of a channel read. */
final class NoticeListCommand implements Command {
    private final Input<String> channel = Input.option(
            "--channel", String.class, "NAME", "The channel, or the address of any channel; by default main.");

    @Override
    public Form form() {
        return Form.of("list", "Shows what a channel says to its users.", channel)
                .examples("bulla notice list --channel main");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var remote = Remote.of(bulla);
        var url = remote.channel(channel.value().orElse("main"));
        var bytes = remote.fetcher(url)
                .bytes(url.resolve("notices.json"), Limit.ROLE)
                .orElseThrow(() -> new ProblemException(Code.NOT_HERE, url + " has no notices.json"));
        var document = parse(bytes);
        var table = new TextTable("ID", "LEVEL", "EXPIRES", "MESSAGE");
        for (var notice : Answers.objects(document, "notices")) {
            table.row(
                    Answers.text(notice, "id", "?"),
                    Answers.text(notice, "level", "?"),
                    Answers.text(notice, "expires_at", "?"),
                    Answers.text(notice, "message", "?"));
        }
        bulla.output().result(Answers.map(document), table::lines);
        return Exit.DONE;
    }

    private static JsonObject parse(byte[] bytes) {
        try {
            if (Json.parse(bytes, JsonLimits.METADATA) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException e) {
            throw new ProblemException(Code.SERVER_ANSWER_BAD, "notices.json is no JSON: " + e.getMessage(), e);
        }
        throw new ProblemException(Code.SERVER_ANSWER_BAD, "notices.json is no object");
    }
}
