package dev.bulla.cli.commands;

import dev.bulla.cli.config.Settings;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Output;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.util.List;
import java.util.Map;

/** {@code bulla config check}: everything that is wrong, at once. */
final class ConfigCheckCommand implements Command {

    @Override
    public Form form() {
        return Form.of("check", "Says everything that is wrong with the configuration.")
                .examples("bulla config check --config bulla.toml");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        List<Problem> problems = problems(bulla);
        if (!problems.isEmpty() && !bulla.output().style().json()) {
            return bulla.output().refuse(problems);
        }
        bulla.output()
                .result(
                        Map.of("problems", problems.stream().map(Output::json).toList()),
                        () -> List.of("the configuration is good"));
        return problems.isEmpty()
                ? Exit.DONE
                : Exit.of(problems.getFirst().code().kind());
    }

    private static List<Problem> problems(BullaCommand bulla) {
        try {
            Settings settings = bulla.settingsWithProblems(Map.of());
            if (settings.problems().isEmpty()) {
                ServeOptions.check(settings);
            }
            return settings.problems();
        } catch (ProblemException e) {
            return List.of(e.problem());
        }
    }
}
