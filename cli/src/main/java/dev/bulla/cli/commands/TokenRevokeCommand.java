package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.List;

/** {@code bulla token revoke}. */
final class TokenRevokeCommand implements Command {
    private final Input<String> id = Input.word(String.class, "ID", "The token's id, not its secret.");

    @Override
    public Form form() {
        return Form.of("revoke", "Ends a token: the next request with it is refused.", id)
                .examples("bulla token revoke 01980f3c5a7b00112233445566778899");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var wanted = id.required();
        if (!wanted.matches("[0-9A-Za-z-]{1,64}") || wanted.startsWith("bulla-")) {
            throw new ProblemException(Code.BAD_REQUEST, "that is not the id of a token");
        }
        var answer = Remote.of(bulla).api().delete("tokens/" + wanted);
        bulla.output().result(Answers.map(answer), () -> List.of("revoked " + wanted));
        return Exit.DONE;
    }
}
