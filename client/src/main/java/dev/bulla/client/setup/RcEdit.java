package dev.bulla.client.setup;

import dev.bulla.client.fetch.ChannelUrl;
import java.util.Arrays;
import java.util.Optional;

/** The change of a settings file that puts our settings in, or takes them out. */
final class RcEdit {
    private RcEdit() {}

    /** The file with the settings; empty when it has them already. */
    static Optional<Plan.Change> install(RcFile rc, Settings settings, RcBlock origin) {
        var channel = ChannelUrl.parse(origin.channel());
        var wanted = settings.addTo(rc.withoutOurs(), origin);
        if (Arrays.equals(wanted.bytes(), rc.bytes())) {
            return Optional.empty();
        }
        return Optional.of(new Plan.Write(
                rc.path(),
                String.join(", ", settings.names()) + " for " + channel,
                new Plan.Content(wanted.bytes()),
                channel.hasCredentials()));
    }

    /** The file without them. A block that is not as it was written is refused: it may hold what others added since. */
    static Plan.Change remove(RcFile rc, Settings settings, RcBlock block) {
        var bare = rc.withoutOurs();
        if (!Arrays.equals(settings.addTo(bare, block).bytes(), rc.bytes())) {
            throw RcBlock.edited(rc);
        }
        if (block.fileMade() && bare.isBlank()) {
            return new Plan.Delete(rc.path(), "the settings; nothing else is in the file");
        }
        return new Plan.Write(rc.path(), "without the settings of the setup", new Plan.Content(bare.bytes()), false);
    }
}
