package dev.bulla.cli.commands;

import dev.bulla.cli.output.Exit;
import dev.bulla.client.fetch.Limit;
import dev.bulla.client.update.DurableFile;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.ContentTrustException;
import dev.bulla.trust.contenttrust.Envelope;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.json.JsonString;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code bulla root publish}: brings a root file to the server that {@code root renew} wrote where no server is reached.
 *
 * <p>Whether it follows from the newest root is the server's to say. That it is a root file at all is checked here, so
 * that a key's file, named by mistake, never leaves this machine.
 */
final class RootPublishCommand implements Command {
    private final Input<Path> file = Input.word(Path.class, "FILE", "The next root file (N.root.json).");
    private final Input<String> channel =
            Input.option("--channel", String.class, "NAME", "The channel; by default main.");

    @Override
    public Form form() {
        return Form.of("publish", "Brings a root file that root renew wrote to the server.", file, channel)
                .examples("bulla root publish 2.root.json --channel main");
    }

    @Override
    public Exit run(BullaCommand bulla) {
        ChannelName name = ChannelName.parse(channel.value().orElse("main"));
        byte[] root = root(file.required());
        var answer = Remote.of(bulla).api().send("PUT", "channels/" + name + "/root", root);
        bulla.output()
                .result(
                        Answers.map(answer),
                        () -> List.of("published %s: root v%s of %s"
                                .formatted(file.required(), Answers.text(answer, "version", "?"), name)));
        return Exit.DONE;
    }

    private static byte[] root(Path file) {
        byte[] bytes = DurableFile.read(file, (int) Limit.ROLE.maxBytes())
                .orElseThrow(() -> new ProblemException(Code.FILE_NOT_FOUND, file + ": no such file"));
        if (!isRoot(file, bytes)) {
            throw new ProblemException(
                    Code.METADATA_MALFORMED, file + " is no root file, as N.root.json is; nothing was sent");
        }
        return bytes;
    }

    /** What is wrong with a file that is none is not told: it could be a key. */
    private static boolean isRoot(Path file, byte[] bytes) {
        try {
            return Envelope.parse(String.valueOf(file.getFileName()), bytes)
                    .signed()
                    .member("type")
                    .filter(new JsonString(Role.ROOT.text())::equals)
                    .isPresent();
        } catch (ContentTrustException e) {
            return false;
        }
    }
}
