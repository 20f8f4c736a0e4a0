package dev.bulla.client.setup;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What our block in a settings file says about itself, so that removing takes out exactly what was added:
 *
 * <pre>{@code
 * # channel http://127.0.0.1:8080/main
 * # root sha256 HEX made, 1 folders made, file made
 * }</pre>
 *
 * @param channel the channel's address as given
 * @param rootSha256 of the first root
 * @param rootMade false when the same root file was there before
 * @param foldersMade how many folders above the root file were not there before
 * @param fileMade false when the settings file was there before
 * @param settings the lines that count
 */
record RcBlock(
        String channel, String rootSha256, boolean rootMade, int foldersMade, boolean fileMade, List<String> settings) {
    private static final Pattern CHANNEL = Pattern.compile("# channel (\\S+)");
    private static final Pattern ROOT =
            Pattern.compile("# root sha256 ([0-9a-f]{64}) (made|found), ([0-9]) folders made, file (made|found)");

    RcBlock {
        settings = List.copyOf(settings);
    }

    /** The block of this file, if it has one. */
    static Optional<RcBlock> in(RcFile file) {
        return file.block().map(lines -> parse(file, lines));
    }

    private static RcBlock parse(RcFile file, List<String> lines) {
        if (lines.size() < 2) {
            throw edited(file);
        }
        var channel = CHANNEL.matcher(lines.get(0));
        var root = ROOT.matcher(lines.get(1));
        if (!channel.matches() || !root.matches()) {
            throw edited(file);
        }
        return new RcBlock(
                channel.group(1),
                root.group(1),
                root.group(2).equals("made"),
                Integer.parseInt(root.group(3)),
                root.group(4).equals("made"),
                lines.subList(2, lines.size()));
    }

    /** The lines as they are written. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("# channel " + channel);
        lines.add("# root sha256 " + rootSha256 + " " + madeOrFound(rootMade) + ", " + foldersMade
                + " folders made, file " + madeOrFound(fileMade));
        lines.addAll(settings);
        return lines;
    }

    /** The problem with a block in which someone changed something. */
    static ProblemException edited(RcFile file) {
        return new ProblemException(
                Code.SETUP_CONFLICT,
                file.path() + ": the lines between \"" + RcFile.BEGIN + "\" and \"" + RcFile.END
                        + "\" were changed: move others' settings out of them");
    }

    private static String madeOrFound(boolean made) {
        return made ? "made" : "found";
    }
}
