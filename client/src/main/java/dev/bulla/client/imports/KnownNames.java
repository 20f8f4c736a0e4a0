package dev.bulla.client.imports;

import dev.bulla.client.fetch.ServerApi;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonBoolean;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the server which names it has.
 *
 * @param api of the server
 * @param channel in which channel
 * @param label the label that is asked about
 */
record KnownNames(ServerApi api, ChannelName channel, Label label) {
    private static final int AT_ONCE = 1000;

    /** What the server has under a name. */
    record Known(String sha256, boolean yanked, boolean labelled) {}

    /** Those that are taken, by {@code SUBDIR/FILE}. */
    Map<String, Known> of(List<SourceFile> files) {
        var known = new HashMap<String, Known>();
        for (var from = 0; from < files.size(); from += AT_ONCE) {
            ask(files.subList(from, Math.min(files.size(), from + AT_ONCE)), known);
        }
        return known;
    }

    private void ask(List<SourceFile> files, Map<String, Known> known) {
        var paths = files.stream().map(SourceFile::path).toList();
        var question = JsonObject.of("files", JsonArray.ofStrings(paths));
        var path = "channels/" + channel + "/import/known?label=" + label;
        var answer = api.send("POST", path, question.compact());
        if (!(answer.member("known").orElse(null) instanceof JsonArray list)) {
            throw bad();
        }
        for (var element : list.elements()) {
            if (!(element instanceof JsonObject one)) {
                throw bad();
            }
            known.put(
                    text(one, "path"), new Known(text(one, "sha256"), isTrue(one, "yanked"), isTrue(one, "labelled")));
        }
    }

    private static String text(JsonObject object, String member) {
        if (object.member(member).orElse(null) instanceof JsonString string) {
            return string.value();
        }
        throw bad();
    }

    private static boolean isTrue(JsonObject object, String member) {
        return object.member(member).filter(new JsonBoolean(true)::equals).isPresent();
    }

    private static ProblemException bad() {
        return new ProblemException(Code.SERVER_ANSWER_BAD, "the server does not say which names it has");
    }
}
