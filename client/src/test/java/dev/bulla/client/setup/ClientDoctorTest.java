package dev.bulla.client.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.setup.Check.Status;
import dev.bulla.client.update.FirstRoot;
import dev.bulla.client.update.Pin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDoctorTest {
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 1, Duration.ZERO, null);

    private final ChannelSimulator sim = ChannelSimulator.start();
    private final FirstRoot root = FirstRoot.of(sim.firstRoot(), new Pin.Digest(sim.rootSha256()));

    @TempDir
    private Path folder;

    private Path prefix;
    private Path mamba;

    @BeforeEach
    void setUp() throws IOException {
        prefix = folder.resolve("conda");
        mamba = folder.resolve("mamba");
        Files.createDirectories(prefix.resolve("conda-meta"));
        plugin(prefix.resolve("lib/python3.12/site-packages"), "0.3.2");
        new CondaSetup(prefix, sim.url()).install(root).apply();
        new MambaSetup(mamba, sim.url()).install(root).apply();
    }

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void what_setup_wrote_is_good() {
        // The simulator's roles live for 430 days and end in 30: that is the last third, so time is moved back.
        var early = ChannelSimulator.NOW.minus(Duration.ofDays(300));

        assertTrue(statuses(doctor(early).conda(prefix)).allMatch(Status.GOOD::equals));
        assertTrue(statuses(doctor(early).mamba(mamba)).allMatch(Status.GOOD::equals));
    }

    @Test
    void what_ends_soon_is_a_warning() {
        assertTrue(statuses(doctor().conda(prefix)).anyMatch(Status.WARNING::equals));
    }

    @Test
    void a_missing_plugin_is_bad_since_conda_is_silent_about_it() throws IOException {
        Files.delete(prefix.resolve("lib/python3.12/site-packages/conda_content_trust/__init__.py"));

        assertBad("conda-content-trust", doctor().conda(prefix));
    }

    @Test
    void an_old_plugin_is_bad() throws IOException {
        Files.delete(prefix.resolve("lib/python3.12/site-packages/conda_content_trust-0.3.2.dist-info"));
        Files.createDirectories(prefix.resolve("lib/python3.12/site-packages/conda_content_trust-0.2.0.dist-info"));

        assertBad("conda-content-trust", doctor().conda(prefix));
    }

    @Test
    void a_plugin_that_a_pth_file_leads_to_is_found() throws IOException {
        var site = prefix.resolve("lib/python3.12/site-packages");
        Files.delete(site.resolve("conda_content_trust/__init__.py"));
        var elsewhere = folder.resolve("elsewhere");
        plugin(elsewhere, "0.3.2");
        Files.writeString(site.resolve("x.pth"), "import os\n" + elsewhere + "\n");

        assertEquals(
                Status.GOOD,
                named("conda-content-trust", doctor().conda(prefix)).status());
    }

    @Test
    void settings_that_were_turned_off_are_bad() throws IOException {
        edit(prefix.resolve(".condarc"), "extra_safety_checks: true", "extra_safety_checks: false");
        edit(mamba.resolve(".mambarc"), "verify_artifacts: true", "verify_artifacts: false");

        assertBad("extra_safety_checks", doctor().conda(prefix));
        assertBad("verify_artifacts", doctor().mamba(mamba));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.root.json", "9.root.json", "1.root.json.old", "02.root.json"})
    void a_file_that_conda_would_take_for_the_newest_root_is_bad(String name) throws IOException {
        Files.copy(
                prefix.resolve("etc/conda/1.root.json"),
                prefix.resolve("etc/conda").resolve(name));

        assertBad("other roots", doctor().conda(prefix));
    }

    @Test
    void a_mamba_that_adds_pip_to_python_is_bad() throws IOException {
        edit(mamba.resolve(".mambarc"), "add_pip_as_python_dependency: false\n", "");

        assertBad("add_pip_as_python_dependency", doctor().mamba(mamba));
    }

    @Test
    void an_exchanged_root_is_bad() throws IOException {
        try (var other = ChannelSimulator.start()) {
            other.addRoot(List.of(ChannelSimulator.key(66)), List.of(ChannelSimulator.key(66)));
            var forged = other.server().get("/main/content-trust/1.root.json");
            forged[forged.length - 1] = ' ';
            Files.write(prefix.resolve("etc/conda/1.root.json"), forged);
        }

        assertBad("first root", doctor().conda(prefix));
    }

    @Test
    void a_missing_root_is_bad() throws IOException {
        Files.delete(prefix.resolve("etc/conda/1.root.json"));
        Files.delete(MambaSetup.rootFile(mamba, sim.url()));

        assertBad("first root", doctor().conda(prefix));
        assertBad("first root", doctor().mamba(mamba));
    }

    @Test
    void a_plain_address_that_came_in_later_is_bad() throws IOException {
        Files.writeString(mamba.resolve(".condarc"), "channels:\n  - " + sim.url() + "\n");

        assertBad("plain address", doctor().mamba(mamba));
    }

    @Test
    void a_channel_that_is_not_listed_is_a_warning() throws IOException {
        edit(prefix.resolve(".condarc"), "channels:\n  - " + sim.url(), "channels:\n  - defaults");
        edit(
                mamba.resolve(".mambarc"),
                "channels:\n  - " + sim.url() + "/libmamba\n#",
                "channels:\n  - conda-forge\n#");

        assertEquals(Status.WARNING, named("channels", doctor().conda(prefix)).status());
        assertEquals(Status.WARNING, named("channels", doctor().mamba(mamba)).status());
    }

    @Test
    void a_plain_address_that_is_trusted_is_bad() throws IOException {
        edit(
                mamba.resolve(".mambarc"),
                "trusted_channels:\n  - " + sim.url() + "/libmamba",
                "trusted_channels:\n  - " + sim.url());

        assertBad("plain address", doctor().mamba(mamba));
    }

    @Test
    void expired_trust_files_are_bad() {
        var late = doctor(sim.expiration);

        assertBad("trust files of " + sim.url(), late.conda(prefix));
        assertBad("trust files of " + sim.url(), late.mamba(mamba));
    }

    @Test
    void an_outage_is_neither_good_nor_bad() {
        sim.server().fail("/main/content-trust/key_mgr.json", 503);

        var check = named("trust files of " + sim.url(), doctor().conda(prefix));

        assertEquals(Status.UNKNOWN, check.status());
    }

    @Test
    void a_prefix_without_any_setup_is_bad(@TempDir Path bare) {
        assertTrue(statuses(doctor().conda(bare)).allMatch(Status.BAD::equals));
        assertTrue(statuses(doctor().mamba(bare)).allMatch(Status.BAD::equals));
    }

    private static void plugin(Path site, String version) throws IOException {
        Files.createDirectories(site.resolve("conda_content_trust"));
        Files.createFile(site.resolve("conda_content_trust/__init__.py"));
        Files.createDirectories(site.resolve("conda_content_trust-" + version + ".dist-info"));
    }

    private static void edit(Path file, String from, String to) throws IOException {
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    private static ClientDoctor doctor() {
        return doctor(ChannelSimulator.NOW);
    }

    private static ClientDoctor doctor(Instant now) {
        return new ClientDoctor(QUICK, now);
    }

    private static Stream<Status> statuses(List<Check> checks) {
        return checks.stream().map(Check::status);
    }

    private static Check named(String name, List<Check> checks) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertBad(String name, List<Check> checks) {
        assertEquals(Status.BAD, named(name, checks).status(), checks::toString);
    }
}
