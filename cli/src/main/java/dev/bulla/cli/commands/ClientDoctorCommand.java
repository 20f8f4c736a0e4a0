package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.setup.Check;
import dev.bulla.client.setup.ClientDoctor;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code bulla client doctor}: proves that a client verifies. */
final class ClientDoctorCommand implements Command {
    private final Input<Path> condaPrefix =
            Input.option("--conda-prefix", Path.class, "DIR", "The prefix that conda itself runs from.");
    private final Input<Path> mambaRoot =
            Input.option("--mamba-root", Path.class, "DIR", "The root prefix of mamba or micromamba.");

    @Override
    public Form form() {
        return Form.of(
                        "doctor",
                        "Proves that conda or mamba verifies: settings, installed root, and the channel's trust files."
                                + " Ends with 1 when it does not, with 3 when that could not be told.",
                        condaPrefix,
                        mambaRoot)
                .examples("bulla client doctor --conda-prefix ~/miniforge3");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Optional<Path> conda = condaPrefix
                .value()
                .or(() ->
                        ClientSetupCommand.activePrefix(bulla, mambaRoot.value().isPresent()));
        Optional<Path> mamba = mambaRoot.value();
        if (conda.isEmpty() && mamba.isEmpty()) {
            throw new ProblemException(
                    Code.BAD_REQUEST, "which client? Name its prefix with --conda-prefix or --mamba-root");
        }
        var doctor = new ClientDoctor(
                FetchPolicy.standard(), bulla.surroundings().clock().instant());
        var checks = new ArrayList<Check>();
        conda.ifPresent(prefix -> checks.addAll(doctor.conda(prefix)));
        mamba.ifPresent(root -> checks.addAll(doctor.mamba(root)));
        bulla.output()
                .result(
                        Map.of(
                                "checks",
                                checks.stream().map(ClientDoctorCommand::json).toList()),
                        () -> checks.stream()
                                .flatMap(check -> lines(check).stream())
                                .toList());
        return exit(checks);
    }

    private static Exit exit(List<Check> checks) {
        var seen = checks.stream().map(Check::status).toList();
        if (seen.contains(Check.Status.BAD)) {
            return Exit.REFUSED;
        }
        return seen.contains(Check.Status.UNKNOWN) ? Exit.UNKNOWN : Exit.DONE;
    }

    private static List<String> lines(Check check) {
        String first = "%-8s %s: %s".formatted(check.status(), check.name(), check.evidence());
        return check.cure().isEmpty() ? List.of(first) : List.of(first, "         " + check.cure());
    }

    private static Map<String, String> json(Check check) {
        var members = new LinkedHashMap<String, String>();
        members.put("check", check.name());
        members.put("status", check.status().name().toLowerCase(Locale.ROOT));
        members.put("evidence", check.evidence());
        members.put("cure", check.cure());
        return members;
    }
}
