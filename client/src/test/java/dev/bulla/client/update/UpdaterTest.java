package dev.bulla.client.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.problem.Code;
import dev.bulla.problem.Kind;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.contenttrust.Delegation;
import dev.bulla.trust.contenttrust.RoleEditor;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdaterTest {
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 2, Duration.ZERO, null);
    private static final Set<Dialect> BOTH = Set.of(Dialect.CONDA, Dialect.LIBMAMBA);

    private final ChannelSimulator sim = ChannelSimulator.start();

    @TempDir
    private Path state;

    @AfterEach
    void stop() {
        sim.close();
    }

    @Test
    void an_honest_channel_is_trusted_from_its_pin() {
        var trust = update(pin());

        assertEquals(1, trust.rootVersion());
        assertEquals(sim.rootSha256(), trust.firstRootSha256());
        assertEquals(BOTH, trust.views());
    }

    @Test
    void without_a_pin_nothing_is_trusted() {
        assertEquals(Code.ROOT_NOT_PINNED, refused(new Pin.Remembered()));
    }

    @Test
    void another_root_than_the_pinned_one_is_refused() {
        assertEquals(Code.ROOT_NOT_PINNED, refused(new Pin.Digest("0".repeat(64))));
    }

    @Test
    void a_pin_is_remembered_and_cannot_be_replaced_by_another() {
        update(pin());

        update(new Pin.Remembered());
        assertEquals(Code.ROOT_NOT_PINNED, refused(new Pin.Digest("0".repeat(64))));
    }

    @Test
    void trust_on_first_use_pins_what_is_shown_first() {
        var trust = update(new Pin.TrustOnFirstUse());

        assertEquals(sim.rootSha256(), trust.firstRootSha256());
        assertEquals(sim.rootSha256(), update(new Pin.Remembered()).firstRootSha256());
    }

    @Test
    void roots_are_followed_one_by_one() {
        sim.addRoot(List.of(ChannelSimulator.key(11)), List.of(ChannelSimulator.key(1), ChannelSimulator.key(11)));
        sim.addRoot(List.of(ChannelSimulator.key(12)), List.of(ChannelSimulator.key(11), ChannelSimulator.key(12)));
        sim.publish();

        assertEquals(3, update(pin()).rootVersion());
    }

    @Test
    void a_root_signed_by_its_new_keys_alone_is_refused() {
        sim.addRoot(List.of(ChannelSimulator.key(66)), List.of(ChannelSimulator.key(66)));
        sim.publish();

        assertEquals(Code.ROOT_NOT_CHAINED, refused(pin()));
    }

    @Test
    void a_root_signed_by_its_old_keys_alone_is_refused() {
        sim.addRoot(List.of(ChannelSimulator.key(66)), List.of(ChannelSimulator.key(1)));
        sim.publish();

        assertEquals(Code.ROOT_NOT_CHAINED, refused(pin()));
    }

    @Test
    void a_root_withheld_after_it_was_seen_does_not_bring_the_old_one_back() {
        update(pin());
        sim.addRoot(List.of(ChannelSimulator.key(11)), List.of(ChannelSimulator.key(1), ChannelSimulator.key(11)));
        sim.publish();
        update(pin());
        sim.dropRoot();

        // It is on this machine, and mamba's copy must be as new.
        assertEquals(Code.METADATA_ROLLED_BACK, refused(pin()));
        assertEquals(
                2,
                new Updater(fetcher(), sim.url(), state, ChannelSimulator.NOW)
                        .update(pin(), Set.of(Dialect.CONDA))
                        .rootVersion());
    }

    @Test
    void views_with_different_roots_are_refused() {
        sim.addRoot(List.of(ChannelSimulator.key(11)), List.of(ChannelSimulator.key(1), ChannelSimulator.key(11)));
        sim.publish();
        sim.server().remove("/main/libmamba/2.root.json");

        assertEquals(Code.METADATA_ROLLED_BACK, refused(pin()));
    }

    @Test
    void a_rolled_back_key_mgr_is_refused() {
        sim.keyMgrVersion(7);
        sim.publish();
        update(pin());
        sim.keyMgrVersion(6);
        sim.publish();

        assertEquals(Code.METADATA_ROLLED_BACK, refused(pin()));
    }

    @Test
    void a_key_mgr_by_a_foreign_key_is_refused() {
        sim.keyMgrKeys = List.of(ChannelSimulator.key(66));
        sim.publish();

        assertEquals(Code.SIGNATURES_TOO_FEW, refused(pin()));
    }

    @Test
    void a_root_served_as_key_mgr_is_refused() {
        sim.server().put("/main/content-trust/key_mgr.json", sim.firstRoot());

        assertEquals(Code.METADATA_MALFORMED, refused(pin()));
    }

    @Test
    void expired_roles_are_refused() {
        var late = sim.expiration;

        var problem = assertThrows(ProblemException.class, () -> updater(late).update(pin(), BOTH));
        assertEquals(Code.METADATA_EXPIRED, problem.problem().code());
        updater(late.minusSeconds(1)).update(pin(), BOTH);
    }

    @Test
    void an_expired_pkg_mgr_is_refused_for_libmamba() {
        var old = RoleEditor.pkgMgr(
                1,
                new dev.bulla.trust.contenttrust.Validity(
                        ChannelSimulator.NOW.minus(Duration.ofDays(2)),
                        ChannelSimulator.NOW.minus(Duration.ofDays(1))));
        sim.put("/main/libmamba/", old, List.of(ChannelSimulator.key(4)));

        assertEquals(Code.METADATA_EXPIRED, refused(pin()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-trust/1.root.json",
                "content-trust/key_mgr.json",
                "libmamba/key_mgr.json",
                "libmamba/pkg_mgr.json"
            })
    void a_missing_trust_file_means_that_nobody_vouches(String path) {
        sim.server().remove("/main/" + path);

        assertEquals(Code.SIGNATURE_MISSING, refused(pin()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-trust/1.root.json",
                "content-trust/2.root.json",
                "content-trust/key_mgr.json",
                "libmamba/2.root.json",
                "libmamba/key_mgr.json",
                "libmamba/pkg_mgr.json"
            })
    void an_outage_is_never_a_verdict(String path) {
        sim.server().fail("/main/" + path, 503);

        assertEquals(Kind.UNKNOWN, refused(pin()).kind());
    }

    @Test
    void a_stored_root_that_was_exchanged_is_noticed() throws Exception {
        update(pin());
        var forged = RoleEditor.root(
                1,
                sim.validity(),
                Delegation.of(ChannelSimulator.key(66).publicKey()),
                Delegation.of(ChannelSimulator.key(66).publicKey()));
        sim.put("/forged/", forged, List.of(ChannelSimulator.key(66)));
        Files.write(folder().resolve("1.root.json"), sim.server().get("/forged/1.root.json"));

        assertEquals(Code.ROOT_NOT_PINNED, refused(new Pin.Remembered()));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void damaged_memory_of_versions_is_not_forgotten_silently(Dialect view) throws Exception {
        update(pin());
        Files.writeString(
                folder().resolve("seen-" + view.name().toLowerCase(java.util.Locale.ROOT) + ".json"), "{\"root\":1");

        assertEquals(Code.DISK_ERROR, refused(pin()));
    }

    @Test
    void nothing_temporary_is_left_in_the_folder() throws Exception {
        update(pin());

        try (var files = Files.list(folder())) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".tmp")));
        }
    }

    private Pin.Digest pin() {
        return new Pin.Digest(sim.rootSha256());
    }

    private Path folder() {
        return state.resolve(sim.url().id());
    }

    private Fetcher fetcher() {
        return Fetcher.of(sim.url(), QUICK);
    }

    private Updater updater(Instant now) {
        return new Updater(fetcher(), sim.url(), state, now);
    }

    private ChannelTrust update(Pin pin) {
        return updater(ChannelSimulator.NOW).update(pin, BOTH);
    }

    private Code refused(Pin pin) {
        return assertThrows(ProblemException.class, () -> update(pin)).problem().code();
    }
}
