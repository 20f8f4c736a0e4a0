package dev.bulla.cli.commands;

import dev.bulla.cli.config.Key;
import dev.bulla.cli.config.Settings;
import dev.bulla.cli.config.StoredTokens;
import dev.bulla.cli.config.Value;
import dev.bulla.cli.output.Exit;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.ServerApi;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code bulla login}: keeps a token for a server, once the server has said that it is good. */
final class LoginCommand implements Command {

    @Override
    public Form form() {
        return Form.of("login", "Asks for a token, tries it at the server and keeps it in a file only you can read.")
                .examples(
                        "bulla login --server https://conda.example.org",
                        "bulla login --token-file ./bulla-data/admin-token");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Remote remote = Remote.of(bulla);
        Value given = bulla.settings().value(Key.TOKEN);
        String token = given.isSet() ? given.text() : ask(bulla);
        var whoami = new ServerApi(remote.server(), FetchPolicy.standard().withToken(token)).get("whoami");
        var stored = new StoredTokens(Settings.userFolder(remote.variables()));
        stored.store(remote.server(), token);
        String name = Answers.text(whoami, "name", "?");
        var members = new LinkedHashMap<String, Object>();
        members.put("server", remote.server().toString());
        members.put("name", name);
        members.put("file", stored.file(remote.server()).toString());
        bulla.output()
                .result(
                        members,
                        () -> List.of("logged in to %s as %s; the token is kept in %s"
                                .formatted(remote.server(), name, stored.file(remote.server()))));
        return Exit.DONE;
    }

    private static String ask(BullaCommand bulla) {
        Optional<String> answer =
                bulla.surroundings().asks() ? bulla.surroundings().ask().secret("token: ") : Optional.empty();
        return answer.map(String::strip)
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> new ProblemException(
                        Code.TOKEN_MISSING,
                        "no token was given; without a terminal, use --token-file FILE or --token -"));
    }
}
