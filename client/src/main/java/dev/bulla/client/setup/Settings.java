package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Settings that must hold: single values, and entries that must be in lists.
 *
 * @param values setting to its value
 * @param entries list setting to the entry that must be in it
 */
record Settings(SequencedMap<String, String> values, SequencedMap<String, String> entries) {

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

    /** Which settings they are. */
    List<String> names() {
        return Stream.concat(values.keySet().stream(), entries.keySet().stream())
                .toList();
    }

    /** Refuses a block that belongs to another channel or root. */
    static void requireSame(RcFile file, RcBlock block, String channel, String rootSha256) {
        if (!block.channel().equals(channel)) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT,
                    file.path() + " is set up for " + ChannelUrl.parse(block.channel()) + ": --remove that first");
        }
        if (!block.rootSha256().equals(rootSha256)) {
            throw new ProblemException(
                    Code.SETUP_CONFLICT,
                    file.path() + " is set up with the first root " + block.rootSha256() + ", not " + rootSha256
                            + ": --remove that first");
        }
    }
}
