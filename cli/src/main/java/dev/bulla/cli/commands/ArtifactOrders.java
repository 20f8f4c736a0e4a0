package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An order that is given to a server for one artifact after the other, and that may be given twice: the first
 * refusal ends it, and who runs it again learns what was done before.
 *
 * @param channel whose artifacts
 * @param action the last word of the API's address
 * @param done what to say of an artifact that it changed
 * @param unchanged what to say of one that was so already
 */
record ArtifactOrders(ChannelName channel, String action, String done, String unchanged) {
    Exit run(BullaCommand bulla, List<Artifact> artifacts, Function<Artifact, JsonObject> request) {
        var api = Remote.of(bulla).api();
        var answers = new ArrayList<Map<String, Object>>();
        var lines = new ArrayList<String>();
        for (var artifact : artifacts) {
            var body = request.apply(artifact).compact();
            var answer = api.send("POST", "channels/" + channel + "/" + action, body);
            answers.add(Answers.map(answer));
            var changed = Answers.text(answer, "changed", "true").equals("true");
            lines.add((changed ? done : unchanged) + " " + channel + "/" + artifact);
        }
        bulla.output().result(Map.of("artifacts", answers), () -> lines);
        return Exit.DONE;
    }

    /** Shows for which artifacts it would be given. */
    Exit dryRun(BullaCommand bulla, List<Artifact> artifacts) {
        var names = artifacts.stream().map(Artifact::toString).toList();
        bulla.output()
                .result(
                        Map.of("dry_run", true, "artifacts", names),
                        () -> names.stream()
                                .map(name -> "would " + action + " " + channel + "/" + name)
                                .toList());
        return Exit.DONE;
    }
}
