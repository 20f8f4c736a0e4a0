package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;

/** {@code bulla restore}: yanked artifacts come back into the indexes. */
final class RestoreCommand implements Command {
    private final Input<String[]> artifacts = Input.words(1, "SUBDIR/FILE", "Artifacts of the channel.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");
    private final Input<Boolean> dryRun = Input.flag("--dry-run", "Only show what would change.");

    @Override
    public Form form() {
        return Form.of("restore", "Puts yanked artifacts back into the indexes.", artifacts, channel, dryRun)
                .examples("bulla restore noarch/zlib-1.3.1-h_0.conda");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var name = ChannelName.parse(channel.value().orElse("main"));
        var named = Input.list(artifacts).stream().map(Artifact::parse).toList();
        var orders = new ArtifactOrders(name, "restore", "restored", "was not yanked:");
        return Input.isSet(dryRun)
                ? orders.dryRun(bulla, named)
                : orders.run(bulla, named, artifact -> artifact.request().build());
    }
}
