package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;

/** {@code bulla yank}: artifacts leave the indexes and keep their bytes. */
final class YankCommand implements Command {
    private final Input<String[]> artifacts = Input.words(1, "SUBDIR/FILE", "Artifacts of the channel.");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");
    private final Input<String> reason =
            Input.option("--reason", String.class, "TEXT", "Why, for people; it is kept in the channel's journal.");
    private final Confirmation confirmation = new Confirmation();

    @Override
    public Form form() {
        return Form.of(
                        "yank",
                        "Takes artifacts out of all indexes of a channel, so that nobody new installs them. Their bytes are"
                                + " served as before, so that lock files go on working.",
                        artifacts,
                        channel,
                        reason,
                        confirmation.dryRun(),
                        confirmation.yes())
                .examples("bulla yank noarch/zlib-1.3.1-h_0.conda --reason \"links the wrong libz\"");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        var name = ChannelName.parse(channel.value().orElse("main"));
        var named = Input.list(artifacts).stream().map(Artifact::parse).toList();
        var why = reason.value()
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new ProblemException(Code.BAD_REQUEST, "a yank has a --reason"));
        var orders = new ArtifactOrders(name, "yank", "yanked", "was yanked already:");
        if (confirmation.isDryRun()) {
            return orders.dryRun(bulla, named);
        }
        confirmation.require(bulla, "%d of %s would leave its indexes".formatted(named.size(), name));
        return orders.run(
                bulla, named, artifact -> artifact.request().put("reason", why).build());
    }
}
