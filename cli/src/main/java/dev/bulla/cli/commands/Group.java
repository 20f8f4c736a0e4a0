package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;

/** A word such as {@code config}, which only means something together with one that follows. */
record Group(Form form) implements Command {

    @Override
    public Exit run(BullaCommand bulla) {
        throw new ProblemException(
                Code.BAD_REQUEST,
                "%s what? One of %s is expected"
                        .formatted(
                                form.name(),
                                String.join(
                                        ", ",
                                        form.subcommands().stream()
                                                .map(command -> command.form().name())
                                                .toList())));
    }
}
