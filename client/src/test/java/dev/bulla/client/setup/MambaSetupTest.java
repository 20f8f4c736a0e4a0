package dev.bulla.client.setup;

import static dev.bulla.client.setup.CondaSetupTest.assertConflict;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MambaSetupTest {
    private static final ChannelSimulator SIM = ChannelSimulator.start();
    private static final ChannelUrl CHANNEL = ChannelUrl.parse("http://127.0.0.1:8080/main");
    private static final FirstRoot ROOT = FirstRoot.of(SIM.firstRoot(), new Pin.Digest(SIM.rootSha256()));

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        SIM.close();
    }

    @Test
    void the_root_lies_under_the_digest_of_the_address_with_a_slash() {
        // Known from a channel at http://localhost:8000/mychannel/, here with the part that is ours in front.
        var file = MambaSetup.rootFile(Path.of("/r"), ChannelUrl.parse("http://localhost:8000/mychannel"));

        assertEquals(
                Path.of("/r/etc/trusted-repos")
                        .resolve(md5("http://localhost:8000/mychannel/libmamba/"))
                        .resolve("root.json"),
                file);
        assertEquals("7da7dc10", md5("http://localhost:8000/mychannel/"));
    }

    @Test
    void a_root_prefix_gets_the_root_and_the_address_for_libmamba() throws IOException {
        setup().install(ROOT).apply();

        assertArrayEquals(ROOT.bytes(), Files.readAllBytes(MambaSetup.rootFile(root(), CHANNEL)));
        assertEquals("""
                # >>> bulla client setup >>>
                # channel http://127.0.0.1:8080/main
                # root sha256 %s made, 3 folders made, file made
                verify_artifacts: true
                add_pip_as_python_dependency: false
                trusted_channels:
                  - http://127.0.0.1:8080/main/libmamba
                channels:
                  - http://127.0.0.1:8080/main/libmamba
                # <<< bulla client setup <<<
                """.formatted(ROOT.sha256()), Files.readString(root().resolve(".mambarc")));
        assertTrue(setup().install(ROOT).changes().isEmpty());
    }

    @Test
    void removing_leaves_nothing_behind() throws IOException {
        Files.createDirectories(root());
        setup().install(ROOT).apply();

        setup().remove().apply();

        try (var left = Files.list(root())) {
            assertEquals(0, left.count());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ".mambarc|channels:\\n  - http://127.0.0.1:8080/main\\n",
                ".mambarc|channels:\\n  - http://127.0.0.1:8080/main/\\n",
                ".mambarc|channels: [http://127.0.0.1:8080/main]\\n",
                ".condarc|channels:\\n  - 'http://127.0.0.1:8080/main/label/dev'\\n",
                ".condarc|channel_alias: http://127.0.0.1:8080\\nchannels:\\n  - main\\n",
                "condarc|default_channels:\\n  - http://127.0.0.1:8080/main/linux-64\\n"
            })
    void the_plain_address_is_never_left_in_a_verifying_mambas_settings(String file, String text) throws IOException {
        Files.createDirectories(root());
        Files.writeString(root().resolve(file), text.replace("\\n", "\n"));

        assertConflict(() -> setup().install(ROOT));
        assertFalse(Files.exists(MambaSetup.rootFile(root(), CHANNEL)));
    }

    @Test
    void other_channels_and_comments_are_no_conflict() throws IOException {
        Files.createDirectories(root());
        var before =
                "# not http://127.0.0.1:8080/main\nchannels:\n  - http://127.0.0.1:8080/mainland\n  - conda-forge\n";
        Files.writeString(root().resolve(".mambarc"), before);

        setup().install(ROOT).apply();
        assertEquals(3, RcFile.read(root().resolve(".mambarc")).list("channels").size());
        setup().remove().apply();

        assertEquals(before, Files.readString(root().resolve(".mambarc")));
    }

    @Test
    void another_root_for_the_channel_is_not_replaced() throws IOException {
        var file = MambaSetup.rootFile(root(), CHANNEL);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");

        assertConflict(() -> setup().install(ROOT));
    }

    @Test
    void a_mamba_that_was_told_not_to_verify_is_a_conflict() throws IOException {
        Files.createDirectories(root());
        Files.writeString(root().resolve(".mambarc"), "verify_artifacts: false\n");

        assertConflict(() -> setup().install(ROOT));
    }

    private Path root() {
        return folder.resolve("mamba");
    }

    private MambaSetup setup() {
        return new MambaSetup(root(), CHANNEL);
    }

    private static String md5(String text) {
        return dev.bulla.testkit.Packages.md5(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .substring(0, 8);
    }
}
