package dev.bulla.cli.commands;

import dev.bulla.cli.config.Value;
import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code bulla whoami}: what the token at hand is good for, without showing it. */
final class WhoamiCommand implements Command {

    @Override
    public Form form() {
        return Form.of("whoami", "Says which token is in use, what it allows and until when, without showing it.")
                .examples("bulla whoami --server https://conda.example.org");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Remote remote = Remote.of(bulla);
        Value token = remote.token()
                .orElseThrow(() ->
                        new ProblemException(Code.TOKEN_MISSING, "no token is configured for " + remote.server()));
        var answer = remote.api().get("whoami");
        boolean admin = Answers.text(answer, "admin", "false").equals("true");
        var members = new LinkedHashMap<String, Object>();
        members.put("server", remote.server().toString());
        members.put("name", Answers.text(answer, "name", "?"));
        members.put("id", Answers.text(answer, "id", "?"));
        members.put("scopes", admin ? List.of("*") : List.of());
        members.put("created_at", Answers.text(answer, "created_at", "?"));
        members.put("expires_at", Answers.text(answer, "expires_at", "never"));
        members.put("found_in", token.origin());
        bulla.output()
                .result(
                        members,
                        () -> members.entrySet().stream()
                                .map(member -> "%-11s %s".formatted(member.getKey() + ":", shown(member.getValue())))
                                .toList());
        return Exit.DONE;
    }

    private static Object shown(Object value) {
        return value.equals(List.of("*")) ? "everything on this server" : value;
    }
}
