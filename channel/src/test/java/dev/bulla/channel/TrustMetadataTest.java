package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.catalog.Visibility;
import dev.bulla.channel.metadata.KeyFile;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import dev.bulla.trust.contenttrust.Delegation;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.contenttrust.RoleEditor;
import dev.bulla.trust.contenttrust.RoleMetadata;
import dev.bulla.trust.contenttrust.RoleSigner;
import dev.bulla.trust.contenttrust.Validity;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.keys.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustMetadataTest {
    @TempDir
    Path folder;

    @Test
    void each_view_has_its_own_package_key_under_one_root() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var conda = view(test, Dialect.CONDA);
            var libmamba = view(test, Dialect.LIBMAMBA);

            assertEquals(1, conda.trust().packageKeys().pubkeys().size());
            assertNotEquals(conda.trust().packageKeys(), libmamba.trust().packageKeys());
            assertEquals(conda.trust().root(), libmamba.trust().root());
            assertEquals(
                    Instant.parse("2029-01-01T00:00:00Z"),
                    conda.trust().root().validity().expiration());
        }
    }

    @Test
    void each_view_has_exactly_its_files() throws IOException {
        try (var test = TestChannels.open(folder)) {
            assertTrue(test.main().trustFile(Dialect.CONDA, "pkg_mgr.json").isEmpty());
            assertTrue(test.main().trustFile(Dialect.LIBMAMBA, "pkg_mgr.json").isPresent());
            for (var absent :
                    new String[] {"2.root.json", "root.json", "0.root.json", "01.root.json", "1.root.json.bak"}) {
                assertTrue(test.main().trustFile(Dialect.CONDA, absent).isEmpty(), absent);
                assertTrue(test.main().trustFile(Dialect.LIBMAMBA, absent).isEmpty(), absent);
            }
        }
    }

    @Test
    void every_file_has_a_tag_of_its_own() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var main = test.main();
            var tags = new HashSet<String>();
            for (var dialect : Dialect.values()) {
                assertTrue(tags.add(
                        main.trustFile(dialect, "1.root.json").orElseThrow().etag()));
                assertTrue(tags.add(
                        main.trustFile(dialect, "key_mgr.json").orElseThrow().etag()));
                for (var subdir : main.subdirs()) {
                    for (var name : new String[] {"repodata.json", "repodata.json.zst"}) {
                        var tag = main.indexFile(dialect, subdir, name)
                                .orElseThrow()
                                .etag();
                        assertTrue(tag.matches("\"[0-9a-f]{32}\""), tag);
                        assertTrue(tags.add(tag));
                    }
                }
            }
        }
    }

    @Test
    void keys_are_for_their_owner_alone() throws IOException {
        TestChannels.open(folder).close();

        assertEquals("rwx------", permissions(folder.resolve("keys")));
        try (var keys = Files.newDirectoryStream(folder.resolve("keys"))) {
            for (var key : keys) {
                assertEquals("rw-------", permissions(key), key::toString);
            }
        }
        assertEquals("rw-------", permissions(folder.resolve("root-key-take-offline")));
    }

    @Test
    void the_root_key_is_in_its_file_and_nowhere_else() throws IOException {
        TestChannels.open(folder).close();
        var seed = rootKey("root-key-take-offline").seedHex();
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertEquals(file.endsWith("root-key-take-offline"), text.contains(seed), file::toString);
            }
        }
    }

    @Test
    void the_root_key_may_be_taken_away_and_is_warned_of_until_then() throws IOException {
        TestChannels.open(folder).close();
        try (var test = TestChannels.open(folder)) {
            assertTrue(test.main().warnings().getFirst().text().contains("root-key-take-offline"));
        }
        Files.delete(folder.resolve("root-key-take-offline"));
        try (var test = TestChannels.open(folder)) {
            assertEquals(List.of(), test.main().warnings());
            test.publish(Packages.tiny("zlib"));
            assertEquals(Set.of("zlib-1.0-0.conda"), view(test, Dialect.CONDA).packages(Subdir.NOARCH));
        }
    }

    @Test
    void the_root_key_file_may_be_unreadable_since_nothing_reads_it() throws IOException {
        TestChannels.open(folder).close();
        Files.writeString(folder.resolve("root-key-take-offline"), "\0 not a key");
        TestChannels.open(folder).close();
    }

    @Test
    void over_three_years_no_role_is_expired_for_a_minute() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var end = SettableClock.START.plus(Duration.ofDays(3 * 365));
            var first = version(test);
            while (test.clock.instant().isBefore(end)) {
                view(test, Dialect.CONDA).trust();
                view(test, Dialect.LIBMAMBA).trust();
                test.channels.runDueJobs();
                test.clock.advance(Duration.ofDays(1));
            }
            var renewals = version(test) - first;
            assertTrue(renewals > 70 && renewals < 80, () -> renewals + " renewals, one each 15 days expected");
        }
    }

    @Test
    void what_expired_while_the_server_was_off_is_renewed_before_it_serves() throws IOException {
        TestChannels.open(folder).close();
        var later = SettableClock.at(SettableClock.START.plus(Duration.ofDays(200)));
        try (var test = TestChannels.open(folder, later)) {
            view(test, Dialect.LIBMAMBA).trust();
            assertEquals(2, version(test));
        }
    }

    @Test
    void signatures_of_records_stay_as_they_are_when_roles_are_renewed() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            var before = test.main().indexFile(Dialect.CONDA, Subdir.NOARCH, "repodata.json");
            test.clock.advance(Duration.ofDays(20));
            test.channels.runDueJobs();
            assertEquals(2, version(test));
            assertEquals(before, test.main().indexFile(Dialect.CONDA, Subdir.NOARCH, "repodata.json"));
        }
    }

    @Test
    void the_roots_end_is_announced_from_a_third_of_its_life() throws IOException {
        TestChannels.open(folder).close();
        Files.delete(folder.resolve("root-key-take-offline"));
        try (var test = TestChannels.open(folder, SettableClock.at("2027-12-30T00:00:00Z"))) {
            assertEquals(List.of(), test.channels.health().warnings());
            test.clock.set(Instant.parse("2028-01-03T00:00:00Z"));
            var warning = test.channels.health().warnings().getFirst();
            assertEquals("channel main", warning.about());
            assertTrue(warning.text().contains("2029-01-01"), warning.text());
        }
    }

    @Test
    void a_root_signed_away_from_the_server_is_taken_in_and_everything_goes_on() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("zlib"));
            test.clock.advance(Duration.ofDays(700));
            test.channels.runDueJobs();

            var next = RoleSigner.sign(renewed(test), test.clock.instant(), List.of(rootKey("root-key-take-offline")));

            assertEquals(2, test.main().importRoot(next.bytes(), test.admin()));
            for (var dialect : Dialect.values()) {
                assertEquals(2, view(test, dialect).trust().root().version());
                assertEquals(Set.of("zlib-1.0-0.conda"), view(test, dialect).packages(Subdir.NOARCH));
            }
        }
        try (var test = TestChannels.open(folder)) {
            assertTrue(test.main().trustFile(Dialect.CONDA, "2.root.json").isPresent());
        }
    }

    @Test
    void roots_that_no_client_should_follow_are_refused() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var now = test.clock.instant();
            var rootKey = rootKey("root-key-take-offline");
            var other = SigningKey.generate(new SecureRandom());
            var root = view(test, Dialect.CONDA).trust().root();
            var keyMgr = root.delegation(Role.KEY_MGR);
            var validity = Validity.from(now, Duration.ofDays(365));
            var self = root.delegation(Role.ROOT);

            refused(test, RoleSigner.sign(renewed(test), now, List.of(other)).bytes());
            refused(
                    test,
                    RoleSigner.sign(
                                    RoleEditor.root(2, validity, Delegation.of(other.publicKey()), keyMgr),
                                    now,
                                    List.of(other))
                            .bytes());
            refused(
                    test,
                    RoleSigner.sign(RoleEditor.root(1, validity, self, keyMgr), now, List.of(rootKey))
                            .bytes());
            refused(
                    test,
                    RoleSigner.sign(RoleEditor.root(3, validity, self, keyMgr), now, List.of(rootKey))
                            .bytes());
            refused(
                    test,
                    RoleSigner.sign(
                                    RoleEditor.root(2, validity, self, Delegation.of(other.publicKey())),
                                    now,
                                    List.of(rootKey))
                            .bytes());
            var over = new Validity(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(2)));
            refused(
                    test,
                    RoleSigner.sign(RoleEditor.root(2, over, self, keyMgr), now, List.of(rootKey))
                            .bytes());
            refused(test, "{}".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void refused(TestChannels test, byte[] root) {
        var refusal = assertThrows(ProblemException.class, () -> test.main().importRoot(root, test.admin()));
        assertEquals(Code.ROOT_NOT_CHAINED, refusal.problem().code());
        assertTrue(test.main().trustFile(Dialect.CONDA, "2.root.json").isEmpty());
    }

    @Test
    void another_channel_has_its_own_root_and_keys() throws IOException {
        var extra = ChannelName.parse("extra");
        try (var test = TestChannels.open(folder)) {
            var made = test.channels.create(extra, Visibility.PUBLIC, test.admin());

            assertNotEquals(test.main().firstRootSha256(), made.firstRootSha256());
            assertNotEquals(
                    rootKey("root-key-take-offline").publicKey(),
                    rootKey("root-key-take-offline-extra").publicKey());
            assertEquals(List.of("extra", "main"), names(test));
            var again = assertThrows(
                    ProblemException.class, () -> test.channels.create(extra, Visibility.PUBLIC, test.admin()));
            assertEquals(Code.CHANNEL_EXISTS, again.problem().code());
        }
        try (var test = TestChannels.open(folder)) {
            assertEquals(List.of("extra", "main"), names(test));
        }
    }

    @Test
    void the_root_key_of_an_earlier_folder_is_not_overwritten() throws IOException {
        var file = folder.resolve("root-key-take-offline");
        Files.writeString(file, "somebody's key");

        var refusal = assertThrows(ProblemException.class, () -> TestChannels.open(folder));

        assertEquals(Code.SETUP_CONFLICT, refusal.problem().code());
        assertEquals("somebody's key", Files.readString(file));
        Files.delete(file);
        TestChannels.open(folder).close();
        assertFalse(Files.readString(file).isEmpty());
    }

    private static List<String> names(TestChannels test) {
        return test.channels.list().stream()
                .map(channel -> channel.name().text())
                .toList();
    }

    private static RoleMetadata renewed(TestChannels test) throws IOException {
        var root = view(test, Dialect.CONDA).trust().root();
        return RoleEditor.renewed(root, Validity.from(test.clock.instant(), Duration.ofDays(1000)));
    }

    private SigningKey rootKey(String fileName) throws IOException {
        return KeyFile.parse(Files.readString(folder.resolve(fileName))).key();
    }

    private static int version(TestChannels test) throws IOException {
        return view(test, Dialect.CONDA).trust().keyMgr().orElseThrow().version();
    }

    private static ClientView view(TestChannels test, Dialect dialect) {
        return new ClientView(test.main(), dialect, test.clock.instant());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
