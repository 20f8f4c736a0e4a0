package dev.bulla.cli.commands;

import dev.bulla.channel.ChannelsConfig;
import dev.bulla.cli.output.Exit;
import dev.bulla.cli.output.Logs;
import dev.bulla.cli.output.Output;
import dev.bulla.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** {@code bulla demo}: the whole story on a server that lives for a moment in a temporary folder. */
final class DemoCommand implements Command {

    @Override
    public Form form() {
        return Form.of(
                        "demo",
                        "Shows the whole story on a throw-away server: upload, stage, promote, sign, verify, tamper,"
                                + " refuse. Ends with 1 if anything is not as it should be.")
                .examples("bulla demo");
    }

    @Override
    public Exit run(BullaCommand bulla) throws IOException {
        Output output = bulla.output();
        Logs.warningsOnly(bulla.surroundings().err());
        Path folder = Files.createTempDirectory("bulla-demo-");
        try {
            var story = new DemoStory(output, folder, bulla.surroundings().clock());
            try (var server = RunningServer.start(
                    folder.resolve("data"),
                    ChannelsConfig.DEFAULT,
                    ServerConfig.DEFAULT.withPort(0).withVersion(Version.text()),
                    bulla.surroundings())) {
                story.tell(server);
            }
            return end(output, story);
        } finally {
            delete(folder);
        }
    }

    private static Exit end(Output output, DemoStory story) {
        long good = story.steps().stream().filter(DemoStory.Step::asExpected).count();
        var members = new LinkedHashMap<String, Object>();
        members.put("steps", story.steps().stream().map(DemoStory.Step::json).toList());
        members.put("as_expected", good == story.steps().size());
        output.result(
                members,
                () -> List.of(
                        "",
                        "%d of %d steps went as they should"
                                .formatted(good, story.steps().size())));
        return good == story.steps().size() ? Exit.DONE : Exit.REFUSED;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
