package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code bulla doctor}: checks a server from outside, and with a token from inside: check, evidence, cure. */
final class DoctorCommand implements Command {

    @Override
    public Form form() {
        return Form.of(
                        "doctor",
                        "Checks a server: that it answers, takes the token and uploads, and needs no attention."
                                + " Ends with 1 when something is bad, with 3 when that could not be told.")
                .examples("bulla doctor --server https://conda.example.org");
    }

    /** How a check ended. */
    private enum Status {
        GOOD,
        WARNING,
        BAD,
        UNKNOWN
    }

    /** A check with what was seen and, unless it passed, what to do. */
    private record Check(String name, Status status, String evidence, String cure) {
        List<String> lines() {
            String first = "%-8s %s: %s".formatted(status, name, evidence);
            return cure.isEmpty() ? List.of(first) : List.of(first, "         " + cure);
        }

        Map<String, String> json() {
            var members = new LinkedHashMap<String, String>();
            members.put("check", name);
            members.put("status", status.name().toLowerCase(Locale.ROOT));
            members.put("evidence", evidence);
            members.put("cure", cure);
            return members;
        }
    }

    @Override
    public Exit run(BullaCommand bulla) {
        Remote remote = Remote.of(bulla);
        var checks = new ArrayList<Check>();
        check(checks, "reachable", () -> {
            var channels = Answers.objects(remote.api().get("channels"), "channels");
            return good(
                    "reachable",
                    remote.server() + " serves " + channels.size() + (channels.size() == 1 ? " channel" : " channels"));
        });
        check(checks, "token", () -> {
            var whoami = remote.api().get("whoami");
            return good("token", "good, called " + Answers.text(whoami, "name", "?"));
        });
        check(checks, "uploads", () -> uploads(checks, remote.api().get("status")));
        var list = checks.stream().map(Check::json).toList();
        bulla.output()
                .result(
                        Map.of("checks", list),
                        () -> checks.stream()
                                .flatMap(check -> check.lines().stream())
                                .toList());
        return exit(checks.stream().map(Check::status).toList());
    }

    private static Exit exit(List<Status> seen) {
        if (seen.contains(Status.BAD)) {
            return Exit.REFUSED;
        }
        return seen.contains(Status.UNKNOWN) ? Exit.UNKNOWN : Exit.DONE;
    }

    private static void check(List<Check> checks, String name, Supplier<Check> check) {
        try {
            checks.add(check.get());
        } catch (ProblemException e) {
            Problem problem = e.problem();
            boolean unknown = Exit.of(problem.code().kind()) == Exit.UNKNOWN;
            checks.add(new Check(
                    name,
                    unknown ? Status.UNKNOWN : Status.BAD,
                    problem.toString(),
                    problem.code().cure()));
        }
    }

    private static Check good(String name, String evidence) {
        return new Check(name, Status.GOOD, evidence, "");
    }

    /** Adds a warning for each that the server gives. */
    private static Check uploads(List<Check> checks, JsonObject status) {
        for (JsonObject warning : Answers.objects(status, "warnings")) {
            checks.add(new Check(
                    Answers.text(warning, "about", "?"), Status.WARNING, Answers.text(warning, "text", "?"), ""));
        }
        return Answers.text(status, "takes_uploads", "").equals("true")
                ? good("uploads", "taken")
                : new Check("uploads", Status.BAD, "not taken", "free disk space, or see disk-reserve");
    }
}
