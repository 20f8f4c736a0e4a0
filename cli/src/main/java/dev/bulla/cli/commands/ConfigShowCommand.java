package dev.bulla.cli.commands;

import dev.bulla.cli.config.Key;
import dev.bulla.cli.config.Settings;
import dev.bulla.cli.config.Value;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.TextTable;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code bulla config show}: what holds, and where it comes from. */
final class ConfigShowCommand implements Command {
    private final Input<Boolean> origin = Input.flag("--origin", "Show where each value comes from.");

    @Override
    public Form form() {
        return Form.of("show", "Shows every key and its value; secrets are masked.", origin)
                .examples("bulla config show --origin");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Settings settings = bulla.settingsWithProblems(Map.of());
        settings.problems().forEach(problem -> bulla.output().warn(problem.toString()));
        boolean origins = Input.isSet(origin);
        var members = new LinkedHashMap<String, Object>();
        var table = origins ? new TextTable("KEY", "VALUE", "ORIGIN") : new TextTable("KEY", "VALUE");
        for (Key key : Key.values()) {
            Value value = settings.value(key);
            String shown = key.secret() && value.isSet() ? "(secret)" : value.text();
            if (origins) {
                members.put(key.text(), withOrigin(shown, value));
                table.row(key.text(), shown, value.origin());
            } else {
                members.put(key.text(), shown);
                table.row(key.text(), shown);
            }
        }
        bulla.output().result(members, table::lines);
        return Exit.DONE;
    }

    private static Map<String, String> withOrigin(String shown, Value value) {
        var members = new LinkedHashMap<String, String>();
        members.put("value", shown);
        members.put("origin", value.origin());
        return members;
    }
}
