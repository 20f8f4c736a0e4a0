package dev.bulla.client.setup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CondaSetupTest {
    private static final ChannelSimulator SIM = ChannelSimulator.start();
    private static final ChannelUrl CHANNEL = ChannelUrl.parse("http://127.0.0.1:8080/main");
    private static final FirstRoot ROOT = FirstRoot.of(SIM.firstRoot(), new Pin.Digest(SIM.rootSha256()));

    @TempDir
    private Path prefix;

    @BeforeEach
    void makePrefix() throws IOException {
        Files.createDirectories(prefix.resolve("conda-meta"));
    }

    @AfterAll
    static void stop() {
        SIM.close();
    }

    @Test
    void a_fresh_prefix_gets_the_root_and_the_settings() throws IOException {
        install();

        assertArrayEquals(ROOT.bytes(), Files.readAllBytes(root(1)));
        assertEquals("""
                # >>> bulla client setup >>>
                # channel http://127.0.0.1:8080/main
                # root sha256 %s made, 2 folders made, file made
                extra_safety_checks: true
                signing_metadata_url_base: http://127.0.0.1:8080/main/content-trust
                channels:
                  - http://127.0.0.1:8080/main
                # <<< bulla client setup <<<
                """.formatted(ROOT.sha256()), condarc());
    }

    @Test
    void a_plan_changes_nothing_until_it_is_applied() {
        var plan = setup().install(ROOT);

        assertEquals(2, plan.changes().size());
        assertFalse(Files.exists(root(1)));
        assertFalse(Files.exists(prefix.resolve(".condarc")));
    }

    @Test
    void doing_it_twice_changes_nothing() {
        install();

        assertTrue(setup().install(ROOT).changes().isEmpty());
    }

    @Test
    void removing_leaves_the_prefix_as_it_was() throws IOException {
        install();

        setup().remove().apply();

        assertEquals(List.of("conda-meta"), names());
        assertTrue(setup().remove().changes().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "# mine\nssl_verify: false # really\n",
                "ssl_verify: false",
                "channels:\n  - defaults\n  - other # second\n\nalways_yes: true\n",
                "channels:\n- defaults\n",
                "---\nproxy_servers:\n  http: http://a:b@c\n",
                "ssl_verify: false\r\nchannels:\r\n  - defaults\r\n",
                "extra_safety_checks: true\n"
            })
    void settings_of_others_come_back_byte_for_byte(String before) throws IOException {
        Files.writeString(prefix.resolve(".condarc"), before);

        install();
        var installed = RcFile.read(prefix.resolve(".condarc"));
        setup().remove().apply();

        assertEquals("true", installed.value("extra_safety_checks").orElseThrow());
        assertEquals("http://127.0.0.1:8080/main", installed.list("channels").getFirst());
        assertEquals(before, condarc());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "extra_safety_checks: false\n",
                "signing_metadata_url_base: https://other.example/trust\n",
                "channels: [defaults]\n",
                "{channels: [defaults]}\n",
                "channels: &a\n  - x\n",
                "channels:\n  - x\nchannels:\n  - y\n",
                "\"channels\":\n  - x\n",
                "a: b\n...\nc: d\n",
                "\ta: b\n"
            })
    void settings_that_are_in_the_way_are_named_and_kept(String before) throws IOException {
        Files.writeString(prefix.resolve(".condarc"), before);

        var problem = assertThrows(ProblemException.class, () -> setup().install(ROOT));

        assertEquals(Code.SETUP_CONFLICT, problem.problem().code());
        assertTrue(problem.problem().detail().contains(".condarc line "), problem::toString);
        assertEquals(before, condarc());
        assertFalse(Files.exists(root(1)));
    }

    @Test
    void a_setting_added_by_conda_later_stays_when_ours_go() throws IOException {
        install();
        Files.writeString(prefix.resolve(".condarc"), "always_yes: true\n" + condarc());

        setup().remove().apply();

        assertEquals("always_yes: true\n", condarc());
    }

    @Test
    void a_block_that_was_edited_is_not_taken_out() throws IOException {
        install();
        Files.writeString(prefix.resolve(".condarc"), condarc().replace("  - http", "  - conda-forge\n  - http"));

        assertConflict(() -> setup().remove());
    }

    @Test
    void another_root_is_not_replaced() throws IOException {
        Files.createDirectories(prefix.resolve("etc/conda"));
        Files.writeString(root(1), "{}");

        assertConflict(() -> setup().install(ROOT));
        assertEquals("{}", Files.readString(root(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.root.json", "10.root.json.bak", "key_mgr.json"})
    void what_conda_would_believe_beside_our_root_is_refused(String name) throws IOException {
        Files.createDirectories(prefix.resolve("etc/conda"));
        Files.writeString(prefix.resolve("etc/conda").resolve(name), "{}");

        assertConflict(() -> setup().install(ROOT));
    }

    @Test
    void a_later_root_that_does_not_follow_is_refused() throws IOException {
        install();
        Files.writeString(root(2), "{}");

        assertConflict(() -> setup().install(ROOT));
    }

    @Test
    void roots_that_conda_fetched_later_are_no_conflict_and_go_with_the_first() throws IOException {
        try (var sim = ChannelSimulator.start()) {
            install();
            var next = List.of(ChannelSimulator.key(1));
            sim.addRoot(next, next);
            sim.publish();
            Files.write(root(2), sim.server().get("/main/content-trust/2.root.json"));
            Files.write(prefix.resolve("etc/conda/key_mgr.json"), sim.server().get("/main/content-trust/key_mgr.json"));

            assertTrue(setup().install(ROOT).changes().isEmpty());
            setup().remove().apply();

            assertEquals(List.of("conda-meta"), names());
        }
    }

    @Test
    void a_root_that_was_there_before_stays() throws IOException {
        Files.createDirectories(prefix.resolve("etc/conda"));
        Files.write(root(1), ROOT.bytes());

        install();
        setup().remove().apply();

        assertArrayEquals(ROOT.bytes(), Files.readAllBytes(root(1)));
        assertEquals(List.of("conda-meta", "etc"), names());
    }

    @Test
    void a_prefix_serves_one_channel() {
        install();

        assertConflict(() -> new CondaSetup(prefix, ChannelUrl.parse("http://127.0.0.1:8080/other")).install(ROOT));
        assertConflict(() -> new CondaSetup(prefix, ChannelUrl.parse("http://127.0.0.1:8080/other")).remove());
    }

    @Test
    void a_mamba_root_that_verifies_the_channel_is_no_conda_prefix_for_it() {
        new MambaSetup(prefix, CHANNEL).install(ROOT).apply();

        assertConflict(() -> setup().install(ROOT));
    }

    @Test
    void an_address_with_a_token_is_masked_and_kept_from_others() throws IOException {
        var plan = new CondaSetup(prefix, ChannelUrl.parse("http://127.0.0.1:8080/t/secret-1/main")).install(ROOT);

        plan.apply();

        assertFalse(plan.changes().stream().anyMatch(change -> change.what().contains("secret-1")));
        assertTrue(condarc().contains("  - http://127.0.0.1:8080/t/secret-1/main\n"));
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(prefix.resolve(".condarc")));
    }

    @Test
    void a_folder_that_is_no_prefix_is_refused(@TempDir Path other) {
        var problem = assertThrows(ProblemException.class, () -> new CondaSetup(other, CHANNEL));

        assertEquals(Code.FILE_NOT_FOUND, problem.problem().code());
    }

    private CondaSetup setup() {
        return new CondaSetup(prefix, CHANNEL);
    }

    private void install() {
        setup().install(ROOT).apply();
    }

    private Path root(int version) {
        return prefix.resolve("etc/conda").resolve(version + ".root.json");
    }

    private String condarc() throws IOException {
        return Files.readString(prefix.resolve(".condarc"));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(prefix)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static void assertConflict(Executable step) {
        var problem = assertThrows(ProblemException.class, step);
        assertEquals(Code.SETUP_CONFLICT, problem.problem().code(), problem.getMessage());
    }
}
