package dev.bulla.cli.commands;

import dev.bulla.cli.config.Settings;
import dev.bulla.cli.output.Exit;
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
        Settings settings = bulla.settingsWithProblems(Map.of());
        if (!settings.problems().isEmpty()) {
            return bulla.output().refuse(settings.problems());
        }
        ServeOptions.check(settings);
        bulla.output().result(Map.of("problems", List.of()), () -> List.of("the configuration is good"));
        return Exit.DONE;
    }
}
