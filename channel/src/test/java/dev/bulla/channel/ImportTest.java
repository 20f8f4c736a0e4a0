package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.catalog.Payload;
import dev.bulla.channel.catalog.Payloads;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.imports.ImportReport;
import dev.bulla.channel.imports.Importer;
import dev.bulla.channel.imports.Intake;
import dev.bulla.channel.store.LocalDisk;
import dev.bulla.channel.token.ApiToken;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.SettableClock;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Dialect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes in bulk from another channel. */
final class ImportTest {
    private static final Label DEV = Label.parse("dev");
    private static final TinyPackage ZLIB = Packages.tiny("zlib");
    private static final TinyPackage BZIP2 = Packages.tiny("bzip2");
    private static final TinyPackage OLD = Packages.tiny("old").withoutInfo("info/paths.json");
    private static final TinyPackage WRONG =
            Packages.tiny("wrong").info("info/paths.json", "{\"paths_version\":1,\"paths\":[]}");

    @TempDir
    Path folder;

    @Test
    void all_files_are_listed_and_verified_when_it_returns() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var files = files(ZLIB, BZIP2, OLD);
            files.put("noarch/" + ZLIB.tarBz2Name(), ZLIB.tarBz2());
            var linux = Packages.tiny("linux").subdir("linux-64");
            files.put("linux-64/" + linux.condaName(), linux.conda());

            var report = importing(test, Label.MAIN, files);

            assertEquals(new ImportReport(5, 0, List.of(), report.generation()), report);
            var names = Set.of(ZLIB.condaName(), ZLIB.tarBz2Name(), BZIP2.condaName(), OLD.condaName());
            assertEquals(names, view(test).inShards(Subdir.NOARCH, Label.MAIN));
            test.channels.settle();
            assertEquals(names, view(test).packages(Subdir.NOARCH));
            assertEquals(Set.of(linux.condaName()), view(test).packages(Subdir.parse("linux-64")));
            assertEquals(
                    names, new ClientView(test.main(), Dialect.LIBMAMBA, test.clock.instant()).packages(Subdir.NOARCH));
            assertEquals(5, count("blobs"));
            assertEquals(0, count("incoming"));
        }
    }

    @Test
    void a_payload_is_checked_after_that_and_says_so() throws IOException {
        try (var test = TestChannels.open(folder)) {
            importing(test, Label.MAIN, files(ZLIB, OLD));
            test.publish(BZIP2);
            assertEquals(Payload.UNCHECKED, payload(test, ZLIB));
            assertEquals(Payload.CHECKED, payload(test, BZIP2));
            assertEquals(new Payloads.Counts(2, 0, 0), test.main().payloads());

            checkPayloads(test);

            assertEquals(Payload.CHECKED, payload(test, ZLIB));
            assertEquals(Payload.NO_PATHS, payload(test, OLD));
            assertEquals(new Payloads.Counts(0, 1, 0), test.main().payloads());
        }
    }

    @Test
    void an_artifact_whose_payload_fails_its_check_leaves_the_indexes() throws IOException {
        try (var test = TestChannels.open(folder)) {
            assertEquals(2, importing(test, DEV, files(ZLIB, WRONG)).imported());

            checkPayloads(test);

            assertEquals(Set.of(ZLIB.condaName()), view(test).inShards(Subdir.NOARCH, DEV));
            assertEquals(Payload.FAILED, payload(test, WRONG));
            assertEquals(new Payloads.Counts(0, 0, 1), test.main().payloads());
            assertTrue(test.main().artifact(Subdir.NOARCH, name(WRONG)).isPresent(), "its bytes are kept");
        }
    }

    @Test
    void checks_that_wait_are_made_by_the_next_process() throws IOException {
        try (var test = TestChannels.open(folder)) {
            importing(test, Label.MAIN, files(ZLIB));
        }
        try (var test = TestChannels.open(folder)) {
            checkPayloads(test);
            assertEquals(Payload.CHECKED, payload(test, ZLIB));
        }
    }

    @Test
    void what_is_refused_is_named_and_stops_nothing_else() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("bzip2").timestamp(7));
            test.publish(Packages.tiny("gone"));
            test.main().yank(Subdir.NOARCH, name(Packages.tiny("gone")), "why", test.admin());
            var files = files(ZLIB, BZIP2, Packages.tiny("gone"));
            files.put("noarch/readme.txt", new byte[3]);
            files.put("lost-1.0-0.conda", new byte[3]);
            files.put("noarch/empty-1.0-0.conda", new byte[0]);
            files.put("noarch/big-1.0-0.conda", new byte[20_000_000]);
            files.put("linux-64/other-1.0-0.conda", Packages.tiny("other").conda());

            var report = importing(test, Label.MAIN, files);

            assertEquals(1, report.imported());
            assertEquals(
                    Map.of(
                            "noarch/" + BZIP2.condaName(),
                            Code.NAME_CONFLICT,
                            "noarch/gone-1.0-0.conda",
                            Code.ARTIFACT_YANKED,
                            "noarch/readme.txt",
                            Code.NAME_INVALID,
                            "lost-1.0-0.conda",
                            Code.NAME_INVALID,
                            "noarch/empty-1.0-0.conda",
                            Code.ARCHIVE_NOT_A_PACKAGE,
                            "noarch/big-1.0-0.conda",
                            Code.UPLOAD_TOO_LARGE,
                            "linux-64/other-1.0-0.conda",
                            Code.METADATA_MISMATCH),
                    codes(report));
            assertEquals(3, count("blobs"));
        }
    }

    @Test
    void the_same_bytes_are_there_already_and_get_the_label() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(ZLIB);
            importing(test, Label.MAIN, files(BZIP2));

            var again = importing(test, DEV, files(ZLIB, BZIP2));

            assertEquals(0, again.imported());
            assertEquals(2, again.alreadyThere());
            assertEquals(Set.of(ZLIB.condaName(), BZIP2.condaName()), view(test).inShards(Subdir.NOARCH, DEV));
            assertEquals(
                    again.alreadyThere(),
                    importing(test, DEV, files(ZLIB, BZIP2)).alreadyThere());
        }
    }

    @Test
    void names_that_are_taken_are_known() throws IOException {
        try (var test = TestChannels.open(folder)) {
            importing(test, DEV, files(ZLIB));
            var place = new Place(ChannelName.MAIN, Subdir.NOARCH);
            var wanted = List.of(new Importer.Wanted(place, name(ZLIB)), new Importer.Wanted(place, name(BZIP2)));

            var known = new Importer.Known(place, name(ZLIB), Packages.sha256(ZLIB.conda()), false, true);
            assertEquals(List.of(known), test.main().known(DEV, wanted));
            assertFalse(test.main().known(Label.MAIN, wanted).getFirst().labelled());
        }
    }

    @Test
    void more_files_than_a_batch_takes_are_all_there() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var files = new LinkedHashMap<String, byte[]>();
            for (var i = 0; i < 2100; i++) {
                var tiny = Packages.tiny("p" + i % 7).version("1." + i);
                files.put("noarch/" + tiny.condaName(), tiny.conda());
            }
            assertEquals(2100, importing(test, Label.MAIN, files).imported());
            assertEquals(2100, view(test).inShards(Subdir.NOARCH, Label.MAIN).size());
        }
    }

    @Test
    void what_was_public_before_it_broke_off_is_in_the_shards() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var broken = assertThrows(ProblemException.class, () -> {
                try (var intake = test.main().importing(Label.MAIN, test.admin())) {
                    for (var i = 0; i < 1000; i++) {
                        var tiny = Packages.tiny("p").version("1." + i);
                        add(intake, "noarch/" + tiny.condaName(), tiny.conda());
                    }
                    intake.add("noarch/" + ZLIB.condaName(), 5, new ByteArrayInputStream(new byte[4]));
                }
            });
            assertEquals(Code.UPLOAD_TRUNCATED, broken.problem().code());
            assertEquals(1000, view(test).inShards(Subdir.NOARCH, Label.MAIN).size());
            assertEquals(0, count("incoming"));
        }
    }

    @Test
    void a_disk_that_is_full_ends_it() throws IOException {
        var config = new ChannelsConfig(10_000_000, Long.MAX_VALUE, Period.ofYears(3), Duration.ofDays(30));
        try (var test = TestChannels.open(folder, config, SettableClock.atStart(), new LocalDisk())) {
            var full = assertThrows(ProblemException.class, () -> importing(test, Label.MAIN, files(ZLIB)));
            assertEquals(Code.STORAGE_FULL, full.problem().code());
        }
    }

    @Test
    void only_the_admin_may() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var admin = test.admin();
            var other = new ApiToken("x", "reader", false, null, admin.createdAt());
            var denied = assertThrows(ProblemException.class, () -> test.main().importing(Label.MAIN, other));
            assertEquals(Code.SCOPE_DENIED, denied.problem().code());
        }
    }

    private long count(String what) throws IOException {
        try (var all = Files.walk(folder.resolve(what))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    static ImportReport importing(TestChannels test, Label label, Map<String, byte[]> files) throws IOException {
        try (var intake = test.main().importing(label, test.admin())) {
            for (var file : files.entrySet()) {
                add(intake, file.getKey(), file.getValue());
            }
            return intake.finish();
        }
    }

    private static void add(Intake intake, String path, byte[] bytes) throws IOException {
        intake.add(path, bytes.length, new ByteArrayInputStream(bytes));
    }

    static Map<String, byte[]> files(TinyPackage... packages) {
        var files = new LinkedHashMap<String, byte[]>();
        for (var tiny : packages) {
            files.put("noarch/" + tiny.condaName(), tiny.conda());
        }
        return files;
    }

    static void checkPayloads(TestChannels test) {
        test.clock.advance(Duration.ofMinutes(1));
        test.channels.runDueJobs();
    }

    private static Payload payload(TestChannels test, TinyPackage tiny) {
        return test.main().details(Subdir.NOARCH, name(tiny)).orElseThrow().payload();
    }

    private static ArchiveName name(TinyPackage tiny) {
        return ArchiveName.parse(tiny.condaName());
    }

    private static ClientView view(TestChannels test) {
        return new ClientView(test.main(), Dialect.CONDA, test.clock.instant());
    }

    private static Map<String, Code> codes(ImportReport report) {
        var codes = new LinkedHashMap<String, Code>();
        report.refused()
                .forEach(one -> codes.put(one.path(), one.problems().getFirst().code()));
        return codes;
    }
}
