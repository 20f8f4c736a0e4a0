package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;

/** {@code bulla label add} and {@code remove}: under which labels artifacts that are there are shown. */
final class LabelCommand implements Command {
    private final Input<String[]> words =
            Input.words(2, "LABEL SUBDIR/FILE", "The label, and after it artifacts of the channel.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "Only show what would change.");
    private final boolean adds;

    private LabelCommand(boolean adds) {
        this.adds = adds;
    }

    /** The one that shows more. */
    static LabelCommand add() {
        return new LabelCommand(true);
    }

    /** The one that shows less. */
    static LabelCommand remove() {
        return new LabelCommand(false);
    }

    @Override
    public Form form() {
        var description = adds
                ? "Shows artifacts of a channel under a label too, at CHANNEL/label/LABEL."
                : "Shows artifacts under a label no longer. Their bytes are served as before.";
        return Form.of(adds ? "add" : "remove", description, words, channel, dryRun)
                .examples("bulla label " + (adds ? "add" : "remove") + " dev noarch/zlib-1.3.1-h_0.conda");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var given = Input.list(words);
        var text = Label.parse(given.getFirst()).text();
        var name = ChannelName.parse(channel.value().orElse("main"));
        var named = given.stream().skip(1).map(Artifact::parse).toList();
        var orders = adds
                ? new ArtifactOrders(name, "label", "labelled " + text, "had the label " + text + ":")
                : new ArtifactOrders(name, "unlabel", "no longer " + text, "had no label " + text + ":");
        return Input.isSet(dryRun)
                ? orders.dryRun(bulla, named)
                : orders.run(
                        bulla,
                        named,
                        artifact -> artifact.request().put("label", text).build());
    }
}
