package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.fsck.Finding;
import dev.bulla.channel.fsck.Finding.Weight;
import dev.bulla.channel.fsck.Fsck;
import dev.bulla.channel.fsck.FsckListener;
import dev.bulla.channel.fsck.Report;
import dev.bulla.channel.store.Folders;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that may be wrong in a data folder is found, named, and nothing else is. */
final class FsckTest {
    @TempDir
    static Path filled;

    private static String zlib = "";

    @TempDir
    Path temp;

    private Path folder = Path.of("none");

    @BeforeAll
    static void fill() throws IOException {
        try (var test = TestChannels.open(filled)) {
            zlib = test.publish(Packages.tiny("zlib")).sha256().hex();
            test.publish(Packages.tiny("bzip2"));
            test.publish(Packages.tiny("gone").subdir("linux-64"));
            var reason = "it was a mistake";
            test.main().yank(Subdir.parse("linux-64"), ArchiveName.parse("gone-1.0-0.conda"), reason, test.admin());
            test.channels.settle();
        }
        TestChannels.open(filled).close(); // sweeps the generations that readers might still have opened
    }

    @BeforeEach
    void copy() throws IOException {
        folder = temp.resolve("data");
        try (var all = Files.walk(filled)) {
            for (var from : all.toList()) {
                Files.copy(from, folder.resolve(filled.relativize(from)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** What one look has heard. */
    private static final class Heard implements FsckListener {
        final List<Finding> findings = new ArrayList<>();
        final List<Step> steps = new ArrayList<>();

        @Override
        public void begins(Step step, long total) {
            steps.add(step);
        }

        @Override
        public void done(long more) {
            assertTrue(more >= 0);
        }

        @Override
        public void found(Finding finding) {
            findings.add(finding);
        }

        List<Code> codes(Weight weight) {
            return findings.stream()
                    .filter(finding -> finding.weight() == weight)
                    .map(finding -> finding.problem().code())
                    .toList();
        }
    }

    private final Heard heard = new Heard();

    private Report look() throws IOException {
        return look(true);
    }

    private Report look(boolean whole) throws IOException {
        try (var fsck = Fsck.open(folder, Clock.systemUTC())) {
            return fsck.check(whole, heard);
        } finally {
            assertFalse(Files.exists(folder.resolve("fsck")), "what it made to compare is gone");
        }
    }

    private void damaged(Code code, String detail) throws IOException {
        var report = look();
        assertEquals(List.of(code), heard.codes(Weight.DAMAGE), heard.findings::toString);
        assertEquals(List.of(), heard.codes(Weight.DERIVED), heard.findings::toString);
        assertTrue(heard.findings.toString().contains(detail), heard.findings::toString);
        assertEquals(1, report.damages());
        assertFalse(report.isClean());
        assertEquals(List.of(), report.wrong());
    }

    @Test
    void a_folder_that_is_whole_has_no_findings() throws IOException {
        var report = look();
        assertEquals(List.of(), heard.findings);
        assertTrue(report.isClean());
        assertEquals(3, report.records());
        assertEquals(3, report.storedFiles());
        assertTrue(report.storedBytes() > 0);
        assertTrue(report.indexFiles() > 0);
        assertEquals(List.of(FsckListener.Step.values()), heard.steps);
    }

    @Test
    void what_was_imported_patched_and_labelled_is_whole_too() throws IOException, SQLException {
        try (var test = TestChannels.open(folder)) {
            var files = ImportTest.files(Packages.tiny("one"), Packages.tiny("two"));
            ImportTest.importing(test, Label.parse("dev"), files);
            var patch = "{\"packages.conda\":{\"zlib-1.0-0.conda\":{\"depends\":[\"libgcc >=13\"]}},"
                    + "\"remove\":[\"bzip2-1.0-0.conda\"]}";
            test.main().patch(Subdir.NOARCH, patch.getBytes(StandardCharsets.UTF_8), test.admin());
            test.channels.settle();
        }
        TestChannels.open(folder).close();
        assertEquals(5, look().records());
        assertEquals(List.of(), heard.findings);
        sql("UPDATE artifact SET original_record = replace(original_record, '\"name\":\"zlib\"', '\"name\":\"evil\"')"
                + " WHERE file_name = 'zlib-1.0-0.conda'");
        look();
        assertTrue(
                heard.findings.toString().contains("without patch instructions, its record has the name evil"),
                heard.findings::toString);
    }

    @Test
    void a_look_changes_nothing_but_the_database_files_times() throws IOException {
        var before = tree();
        look();
        assertEquals(before, tree());
    }

    private List<String> tree() throws IOException {
        try (var all = Files.walk(folder)) {
            var found = new ArrayList<String>();
            for (var file : all.filter(path -> !path.getFileName().toString().startsWith("bulla.db"))
                    .sorted()
                    .toList()) {
                found.add(file + (Files.isRegularFile(file) ? " " + Arrays.hashCode(Files.readAllBytes(file)) : ""));
            }
            return found;
        }
    }

    @Test
    void missing_bytes_are_named_with_the_artifact() throws IOException {
        Files.delete(blob());
        damaged(Code.BYTES_MISSING, "main/noarch/zlib-1.0-0.conda: its bytes, blobs/");
    }

    @Test
    void a_changed_byte_is_found_when_all_are_read() throws IOException {
        flip(blob());
        assertTrue(look(false).isClean(), "a quick look reads sizes only");
        damaged(Code.BYTES_DAMAGED, "have SHA-256 ");
    }

    @Test
    void bytes_that_were_cut_are_found_by_a_quick_look_too() throws IOException {
        var bytes = Files.readAllBytes(blob());
        Files.write(blob(), Arrays.copyOf(bytes, bytes.length - 1));
        look(false);
        assertEquals(List.of(Code.BYTES_DAMAGED), heard.codes(Weight.DAMAGE));
    }

    @Test
    void bytes_that_nobody_names_are_a_note() throws IOException {
        Files.write(Files.createDirectories(folder.resolve("blobs/00")).resolve("00".repeat(32)), new byte[9]);
        Files.write(folder.resolve("blobs/strange"), new byte[9]);
        assertTrue(look().isClean());
        assertEquals(List.of(Code.BYTES_UNNAMED, Code.BYTES_UNNAMED), heard.codes(Weight.NOTE));
    }

    @Test
    void a_record_that_was_changed_is_not_vouched_for() throws IOException, SQLException {
        sql("UPDATE artifact SET record = replace(record, '\"depends\":[]', '\"depends\":[\"evil\"]')"
                + " WHERE file_name = 'zlib-1.0-0.conda'");
        var report = look();
        assertEquals(List.of(Code.RECORD_DAMAGED, Code.RECORD_DAMAGED), heard.codes(Weight.DAMAGE));
        assertEquals(2, report.damages(), "one for each view");
        assertTrue(report.derived() > 0, "and the indexes are not what the database says");
    }

    @Test
    void a_signature_that_is_lost_is_found_in_its_view() throws IOException, SQLException {
        sql("UPDATE artifact SET libmamba_signatures = '{}' WHERE file_name = 'gone-1.0-0.conda'");
        damaged(Code.RECORD_DAMAGED, "main/linux-64/gone-1.0-0.conda: for libmamba, ");
    }

    @Test
    void a_row_of_other_bytes_than_its_record_is_found() throws IOException, SQLException {
        sql("UPDATE artifact SET md5 = '00000000000000000000000000000000' WHERE file_name = 'zlib-1.0-0.conda'");
        damaged(Code.RECORD_DAMAGED, "its record has the md5 ");
    }

    @Test
    void an_entry_that_the_journal_lost_is_a_gap() throws IOException, SQLException {
        sql("DELETE FROM journal WHERE position = 1");
        damaged(Code.JOURNAL_DAMAGED, "the first missing is 1");
    }

    @Test
    void a_promotion_without_its_artifact_is_found() throws IOException, SQLException {
        sql("UPDATE journal SET action = 'promoted', sha256 = x'" + zlib + "' WHERE position = 1");
        damaged(Code.JOURNAL_DAMAGED, "entry 1 of the journal promoted bytes " + zlib);
    }

    @Test
    void an_artifact_without_its_promotion_is_found() throws IOException, SQLException {
        sql("UPDATE journal SET action = 'refused' WHERE action = 'promoted' AND sha256 = x'" + zlib + "'");
        damaged(Code.JOURNAL_DAMAGED, "of the journal is no promotion");
    }

    @Test
    void a_row_that_names_no_other_row_is_found() throws IOException, SQLException {
        sql("UPDATE submission SET channel = 'nowhere' WHERE file_name = 'zlib-1.0-0.conda'");
        damaged(Code.DATABASE_DAMAGED, "of submission names no row of channel");
    }

    @Test
    void trust_files_that_were_changed_do_not_verify() throws IOException, SQLException {
        sql(
                "UPDATE role_file SET bytes = CAST(replace(CAST(bytes AS TEXT), '\"version\": 1', '\"version\": 2') AS BLOB)"
                        + " WHERE role = 'pkg_mgr'");
        damaged(Code.RECORD_DAMAGED, "channel main: its trust files do not verify: pkg_mgr.json");
    }

    @Test
    void a_key_that_is_lost_is_named() throws IOException {
        Path key;
        try (var keys = Files.list(folder.resolve("keys"))) {
            key = keys.filter(file -> file.getFileName().toString().startsWith("conda"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(key);
        look();
        assertTrue(heard.findings.toString().contains(key.getFileName().toString()), heard.findings::toString);
        assertEquals(List.of(Code.RECORD_DAMAGED, Code.RECORD_DAMAGED), heard.codes(Weight.DAMAGE));
    }

    @Test
    void a_database_that_is_none_is_named() throws IOException {
        Files.writeString(folder.resolve("bulla.db"), "no database".repeat(1000));
        var refused = assertThrows(ProblemException.class, this::look);
        assertEquals(Code.DATABASE_DAMAGED, refused.problem().code());
    }

    @Test
    void every_single_index_file_may_be_deleted_cut_or_changed_and_is_repaired() throws IOException {
        var damages = List.<Damage>of(FsckTest::flip, FsckTest::cut, Files::delete);
        var files = indexFiles("noarch");
        for (var i = 0; i < files.size(); i++) {
            var file = files.get(i);
            damages.get(i % damages.size()).to(file);
            heard.findings.clear();
            try (var fsck = Fsck.open(folder, Clock.systemUTC())) {
                var report = fsck.check(true, heard);
                assertEquals(0, report.damages(), heard.findings::toString);
                var gone = file.endsWith("manifest") && !Files.exists(file);
                assertTrue(gone || report.derived() > 0, () -> file + " " + heard.findings);
                fsck.repair(report);
            }
            TestChannels.open(folder).close();
            assertTrue(Files.exists(file), file::toString);
        }
        heard.findings.clear();
        look();
        assertEquals(List.of(), heard.findings);
    }

    @Test
    void an_index_that_lies_with_the_right_digests_is_found() throws IOException, SQLException {
        sql("UPDATE artifact SET yanked_at = 1 WHERE file_name = 'zlib-1.0-0.conda'"); // without its journal entry
        var report = look();
        assertTrue(report.derived() > 0, heard.findings::toString);
        assertEquals(0, report.damages());
        assertTrue(heard.findings.toString().contains("the shard of zlib has SHA-256 "), heard.findings::toString);
        assertTrue(heard.findings.toString().contains("repodata.json has SHA-256 "), heard.findings::toString);
    }

    @Test
    void an_index_that_is_behind_or_missing_is_a_note() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("late"));
        }
        Folders.deleteTree(folder.resolve("index/main/win-64"));
        assertTrue(look().isClean(), heard.findings::toString);
        assertTrue(heard.codes(Weight.NOTE).stream().allMatch(Code.INDEX_BEHIND::equals));
        assertTrue(heard.findings.toString().contains("main/win-64: there is no index"), heard.findings::toString);
    }

    @Test
    void a_folder_that_is_served_or_is_none_is_not_looked_at(@TempDir Path empty) throws IOException {
        try (var _ = TestChannels.open(folder)) {
            var served = assertThrows(ProblemException.class, this::look);
            assertEquals(Code.DATA_IN_USE, served.problem().code());
        }
        var none = assertThrows(ProblemException.class, () -> Fsck.open(empty, Clock.systemUTC()));
        assertEquals(Code.FILE_NOT_FOUND, none.problem().code());
        try (var files = Files.list(empty)) {
            assertEquals(0, files.count(), "nothing was made in it");
        }
    }

    @Test
    void tables_of_an_older_program_are_left_as_they_are() throws IOException, SQLException {
        sql("DELETE FROM flyway_schema_history WHERE version = (SELECT max(version) FROM flyway_schema_history)");
        var refused = assertThrows(ProblemException.class, this::look);
        assertEquals(Code.DISK_ERROR, refused.problem().code());
        assertTrue(refused.problem().detail().contains("its tables are of version "), refused.toString());
    }

    private interface Damage {
        void to(Path file) throws IOException;
    }

    private static void cut(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static void flip(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private Path blob() {
        return folder.resolve("blobs").resolve(zlib.substring(0, 2)).resolve(zlib);
    }

    private List<Path> indexFiles(String subdir) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("index/main").resolve(subdir))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bulla.db"));
                var change = connection.createStatement()) {
            assertTrue(change.executeUpdate(statement) > 0, statement);
        }
    }
}
