package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.client.update.DurableFile;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.patch.PatchInstructions;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** {@code bulla channel patch}: corrects records of a subdir without building packages anew. */
final class ChannelPatchCommand implements Command {
    private static final int MAX_BYTES = 64 << 20;

    private final Input<Path> file =
            Input.word(Path.class, "FILE", "Patch instructions, version 1 (patch_instructions.json).");
    private final Input<String> subdir =
            Input.option("--subdir", String.class, "SUBDIR", "The subdir whose records they are about.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");
    private final Confirmation confirmation = new Confirmation();

    @Override
    public Form form() {
        return Form.of(
                        "patch",
                        "Sets the patch instructions of a subdir in place of those that it had. Its records change"
                                + " accordingly and are signed anew; what was uploaded is kept. {} takes them away.",
                        file,
                        subdir,
                        channel,
                        confirmation.dryRun(),
                        confirmation.yes())
                .examples("bulla channel patch patch_instructions.json --subdir noarch --dry-run");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var name = ChannelName.parse(channel.value().orElse("main"));
        var where = Subdir.parse(subdir.value()
                .orElseThrow(() -> new ProblemException(Code.BAD_REQUEST, "which subdir? --subdir names it")));
        var document = read(file.required());
        var api = Remote.of(bulla).api();
        var path = "channels/" + name + "/patches/" + where;
        var preview = api.send("PUT", path + "?dry_run=true", document);
        if (confirmation.isDryRun()) {
            return show(bulla, "would be patched", name + "/" + where, preview);
        }
        confirmation.require(bulla, name + "/" + where + ": " + counts(preview));
        return show(bulla, "patched", name + "/" + where, api.send("PUT", path, document));
    }

    private static byte[] read(Path file) {
        var document = DurableFile.read(file, MAX_BYTES)
                .orElseThrow(() -> new ProblemException(Code.FILE_NOT_FOUND, file + ": no such file"));
        PatchInstructions.parse(document); // what is none never leaves this machine
        return document;
    }

    private static Exit show(BullaCommand bulla, String what, String place, JsonObject answer) {
        bulla.output().result(Answers.map(answer), () -> List.of(what + " " + place + ": " + counts(answer)));
        return Exit.DONE;
    }

    private static String counts(JsonObject answer) {
        return "%s records changed, %s removed, %s listed again"
                .formatted(
                        Answers.text(answer, "changed", "?"),
                        Answers.text(answer, "removed", "?"),
                        Answers.text(answer, "returned", "?"));
    }
}
