package dev.bulla.cli.commands;

import dev.bulla.channel.fsck.Fsck;
import dev.bulla.channel.fsck.Report;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Logs;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code bulla fsck}: whether a data folder still is what it was made to be. */
final class FsckCommand implements Command {
    private static final double MIB = 1 << 20;

    private final Input<Path> data =
            Input.option("--data", Path.class, "DIR", "The server's data folder; no server may run on it.");
    private final Input<Boolean> quick = Input.flag(
            "--quick", "Look at the sizes of stored files and not at their bytes, and at the database less closely.");
    private final Input<Boolean> repair = Input.flag(
            "--repair", "Remove derived files that are wrong, so that the next start makes them anew. Nothing else.");
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "With --repair: only say what it would remove.");
    private final Input<Boolean> yes = Input.flag("--yes", "With --repair: do not ask.");

    @Override
    public Form form() {
        return Form.of(
                        "fsck",
                        "Checks a data folder that nobody serves: database, journal, every signature, every stored byte,"
                                + " and every index file, which is made once more and compared. Ends with 1 when"
                                + " anything is wrong.",
                        data,
                        quick,
                        repair,
                        dryRun,
                        yes)
                .examples("bulla fsck --data ./bulla-data", "bulla fsck --data ./bulla-data --repair --dry-run");
    }

    @Override
    public Exit run(BullaCommand bulla) throws IOException {
        Logs.warningsOnly(bulla.surroundings().err());
        requireSense(bulla);
        Path folder = ServeOptions.folder(bulla, data);
        try (var fsck = Fsck.open(folder, bulla.surroundings().clock())) {
            Report report;
            FsckProgress progress;
            try (var shown = new FsckProgress(bulla.output())) {
                progress = shown;
                report = fsck.check(!Input.isSet(quick), shown);
            }
            List<String> removed = Input.isSet(repair) ? fsck.removed(report) : List.of();
            boolean repaired = repaired(bulla, fsck, report, removed);
            show(bulla, report, progress, removed, repaired);
            return report.damages() == 0 && (repaired || report.derived() == 0) ? Exit.DONE : Exit.REFUSED;
        }
    }

    /** What would only come out after all the reading. */
    private void requireSense(BullaCommand bulla) {
        if (!Input.isSet(repair) && (Input.isSet(dryRun) || Input.isSet(yes))) {
            throw new ProblemException(Code.BAD_REQUEST, "--dry-run and --yes go with --repair");
        }
        if (Input.isSet(repair)
                && !Input.isSet(dryRun)
                && !Input.isSet(yes)
                && !bulla.surroundings().asks()) {
            throw new ProblemException(
                    Code.CONFIRMATION_NEEDED, "--repair removes files: nobody is here to say yes to that");
        }
    }

    private boolean repaired(BullaCommand bulla, Fsck fsck, Report report, List<String> removed) throws IOException {
        if (removed.isEmpty() || Input.isSet(dryRun) || !(Input.isSet(yes) || confirmed(bulla, removed))) {
            return false;
        }
        fsck.repair(report);
        return true;
    }

    private static boolean confirmed(BullaCommand bulla, List<String> removed) {
        removed.forEach(path -> bulla.output().say("to be removed: " + path));
        Optional<String> answer = bulla.surroundings()
                .ask()
                .line("Remove " + count(removed.size(), "derived file or folder", "derived files and folders")
                        + "? Type yes: ");
        return answer.map(String::strip).orElse("").equals("yes");
    }

    private void show(
            BullaCommand bulla, Report report, FsckProgress progress, List<String> removed, boolean repaired) {
        var members = new LinkedHashMap<String, Object>();
        members.put("clean", report.isClean());
        members.put("records", report.records());
        members.put("stored_files", report.storedFiles());
        members.put("stored_bytes", report.storedBytes());
        members.put("bytes_read", !Input.isSet(quick));
        members.put("index_files", report.indexFiles());
        members.put("notes", report.notes());
        members.put("derived", report.derived());
        members.put("damages", report.damages());
        members.put("findings", progress.findings());
        members.put("findings_left_out", progress.leftOut());
        members.put("repaired", repaired);
        members.put("removed", removed);
        bulla.output().result(members, () -> lines(report, progress, removed, repaired));
        progress.cures().forEach(bulla.output()::say);
    }

    private List<String> lines(Report report, FsckProgress progress, List<String> removed, boolean repaired) {
        var lines = new ArrayList<String>();
        String verb = repaired ? "removed: " : "would remove: ";
        removed.forEach(path -> lines.add(verb + path));
        lines.add(verdict(report, repaired));
        lines.add("looked at %s with signatures, %s, %s"
                .formatted(
                        count(report.records(), "record", "records"),
                        stored(report, progress),
                        count(report.indexFiles(), "index file", "index files")));
        return lines;
    }

    private static String verdict(Report report, boolean repaired) {
        if (report.isClean()) {
            return "clean";
        }
        var parts = new ArrayList<String>();
        if (report.damages() > 0) {
            parts.add(count(report.damages(), "damage", "damages") + " of what is stored");
        }
        if (report.derived() > 0) {
            parts.add(count(report.derived(), "derived file", "derived files") + " wrong"
                    + (repaired ? ", removed: the next start makes them anew" : ""));
        }
        return (report.damages() > 0 || !repaired ? "NOT CLEAN: " : "repaired: ") + String.join("; ", parts);
    }

    private String stored(Report report, FsckProgress progress) {
        String files = count(report.storedFiles(), "stored file", "stored files");
        return Input.isSet(quick)
                ? files + " by their sizes"
                : String.format(
                        Locale.ROOT,
                        "%s of %.1f MiB read at %.1f MiB/s",
                        files,
                        report.storedBytes() / MIB,
                        report.storedBytes() / MIB / progress.readingSeconds());
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
