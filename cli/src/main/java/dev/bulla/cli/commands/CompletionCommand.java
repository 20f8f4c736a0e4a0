package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import picocli.AutoComplete;
import picocli.CommandLine;

/** {@code bulla completion}: the script that completes commands and options in a shell. */
final class CompletionCommand implements Command {
    private final Input<Shell> shell = Input.word(Shell.class, "SHELL", "bash, zsh, fish or powershell.");

    /** The shells that are known, in their own spelling. */
    enum Shell {
        bash,
        zsh,
        fish,
        powershell
    }

    @Override
    public Form form() {
        return Form.of("completion", "Prints the script that completes commands and options in a shell.", shell)
                .examples(
                        "source <(bulla completion bash)",
                        "bulla completion fish > ~/.config/fish/completions/bulla.fish");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        CommandLine all = Commands.all(bulla.surroundings());
        String script =
                switch (shell.required()) {
                    case bash, zsh -> AutoComplete.bash("bulla", all);
                    case fish -> Completion.fish(all);
                    case powershell -> Completion.powershell(all);
                };
        bulla.surroundings().out().print(script);
        bulla.surroundings().out().flush();
        return Exit.DONE;
    }
}
