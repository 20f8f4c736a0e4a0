package dev.bulla.client.setup;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/**
 * Settings that must hold: single values, and entries that must be in lists.
 *
 * @param values setting to its value
 * @param entries list setting to the entry that must be in it
 */
record Settings(SequencedMap<String, String> values, SequencedMap<String, String> entries) {

    /** True when the file says all of this, ours or not. */
    boolean hold(RcFile file) {
        return values.entrySet().stream()
                        .allMatch(e -> file.value(e.getKey())
                                .filter(e.getValue()::equals)
                                .isPresent())
                && entries.entrySet().stream()
                        .allMatch(e -> file.list(e.getKey()).contains(e.getValue()));
    }

    /**
     * The file with these settings, made anew from what others wrote.
     *
     * @param bare the file without anything of ours
     * @param origin what the block shall say; its settings are replaced
     * @throws ProblemException SETUP_CONFLICT when another value is set
     */
    RcFile addTo(RcFile bare, RcBlock origin) {
        var file = bare;
        var lines = new ArrayList<String>();
        for (var setting : values.entrySet()) {
            if (!bare.has(setting.getKey())) {
                lines.add(setting.getKey() + ": " + setting.getValue());
            } else if (!bare.value(setting.getKey())
                    .filter(setting.getValue()::equals)
                    .isPresent()) {
                throw bare.conflict(setting.getKey(), setting.getKey() + ": " + setting.getValue() + " is needed");
            }
        }
        for (var entry : entries.entrySet()) {
            if (!bare.has(entry.getKey())) {
                lines.add(entry.getKey() + ":");
                lines.add("  - " + entry.getValue());
            } else if (!bare.list(entry.getKey()).contains(entry.getValue())) {
                file = file.withFirstItem(entry.getKey(), entry.getValue());
            }
        }
        return file.withBlock(new RcBlock(
                        origin.channel(),
                        origin.rootSha256(),
                        origin.rootMade(),
                        origin.foldersMade(),
                        origin.fileMade(),
                        lines)
                .lines());
    }

    /** What is said about the change. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        values.forEach((key, value) -> lines.add(key + ": " + value));
        entries.forEach((key, value) -> lines.add(key + ": [" + value + ", …]"));
        return lines;
    }

    /** Refuses a block that belongs to another channel or root. */
    static void requireSame(RcFile file, RcBlock block, String channel, String rootSha256) {
        if (!block.channel().equals(channel)) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT, file.path() + " is set up for " + block.channel() + ": --remove that first");
        }
        if (!block.rootSha256().equals(rootSha256)) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT,
                    file.path() + " is set up with the first root " + block.rootSha256() + ", not " + rootSha256
                            + ": --remove that first");
        }
    }
}
