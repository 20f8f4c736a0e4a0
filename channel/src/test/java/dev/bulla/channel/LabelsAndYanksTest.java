package dev.bulla.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.Upload;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Label;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each label's indexes list, and what they leave out. */
final class LabelsAndYanksTest {
    private static final Label DEV = Label.parse("dev/next");
    private static final TinyPackage ZLIB = Packages.tiny("zlib");
    private static final ArchiveName NAME = ArchiveName.parse(ZLIB.condaName());

    @TempDir
    Path folder;

    @Test
    void what_is_published_under_a_label_is_in_its_indexes_and_not_in_those_of_main() throws IOException {
        try (var test = TestChannels.open(folder)) {
            test.publish(Packages.tiny("bzip2"));
            publish(test, DEV);

            assertEquals(Set.of(ZLIB.condaName()), inShards(test, DEV));
            assertEquals(Set.of(ZLIB.condaName()), listed(test, DEV));
            assertEquals(Set.of("bzip2-1.0-0.conda"), inShards(test, Label.MAIN));
            assertEquals(Set.of("bzip2-1.0-0.conda"), listed(test, Label.MAIN));
            assertEquals(List.of(DEV, Label.MAIN), test.main().labels());
        }
    }

    @Test
    void a_new_label_has_an_index_in_every_subdir_also_after_the_next_start() throws IOException {
        try (var test = TestChannels.open(folder)) {
            publish(test, DEV);
            assertIndexEverywhere(test);
        }
        try (var test = TestChannels.open(folder)) {
            assertIndexEverywhere(test);
            assertEquals(Set.of(ZLIB.condaName()), inShards(test, DEV));
            test.publish(Packages.tiny("odd").subdir("plan9-64"));
            assertIndexEverywhere(test);
        }
    }

    @Test
    void what_is_there_already_gets_one_label_more() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var first = publish(test, Label.MAIN);
            var second = publish(test, DEV);
            var third = publish(test, DEV);

            assertTrue(second.alreadyThere());
            assertTrue(second.generation() > first.generation());
            assertEquals(second, third);
            assertEquals(Set.of(ZLIB.condaName()), inShards(test, Label.MAIN));
            assertEquals(Set.of(ZLIB.condaName()), inShards(test, DEV));
        }
    }

    @Test
    void a_yanked_artifact_leaves_all_indexes_and_keeps_its_bytes() throws IOException {
        try (var test = TestChannels.open(folder)) {
            publish(test, Label.MAIN);
            publish(test, DEV);

            var yanked = test.main().yank(Subdir.NOARCH, NAME, "it is broken", test.admin());

            assertTrue(yanked.changed());
            for (var label : List.of(Label.MAIN, DEV)) {
                assertEquals(Set.of(), inShards(test, label));
                assertEquals(List.of(ZLIB.condaName()), removed(test, label));
                assertEquals(Set.of(), listed(test, label));
                assertEquals(
                        JsonArray.ofStrings(List.of(ZLIB.condaName())),
                        view(test)
                                .repodata(Subdir.NOARCH, label)
                                .member("removed")
                                .orElseThrow());
            }
            assertTrue(test.main().artifact(Subdir.NOARCH, NAME).isPresent());
            assertFalse(
                    test.main().yank(Subdir.NOARCH, NAME, "again", test.admin()).changed());
        }
    }

    @Test
    void what_was_restored_is_listed_as_it_was() throws IOException {
        try (var test = TestChannels.open(folder)) {
            publish(test, Label.MAIN);
            var before = view(test).repodata(Subdir.NOARCH);
            test.main().yank(Subdir.NOARCH, NAME, "it is broken", test.admin());
            assertEquals(List.of(Code.ARTIFACT_YANKED), TestChannels.codes(test.publish(upload(Label.MAIN))));

            assertTrue(test.main().restore(Subdir.NOARCH, NAME, test.admin()).changed());

            assertEquals(before, view(test).repodata(Subdir.NOARCH));
            assertEquals(Set.of(ZLIB.condaName()), view(test).packages(Subdir.NOARCH));
            assertFalse(test.main().restore(Subdir.NOARCH, NAME, test.admin()).changed());
        }
    }

    @Test
    void a_yank_outlives_the_process() throws IOException {
        try (var test = TestChannels.open(folder)) {
            publish(test, Label.MAIN);
            test.channels.settle();
            test.main().yank(Subdir.NOARCH, NAME, "it is broken", test.admin());
        }
        try (var test = TestChannels.open(folder)) {
            assertEquals(Set.of(), inShards(test, Label.MAIN));
            assertEquals(Set.of(), view(test).packages(Subdir.NOARCH));
        }
    }

    @Test
    void what_is_there_gets_a_label_without_being_sent_again_and_loses_it() throws IOException {
        try (var test = TestChannels.open(folder)) {
            publish(test, Label.MAIN);

            var labelled = test.main().label(Subdir.NOARCH, NAME, DEV, test.admin());
            assertTrue(labelled.changed());
            assertEquals(List.of(DEV, Label.MAIN), labelled.labels());
            assertEquals(Set.of(ZLIB.condaName()), inShards(test, DEV));
            assertFalse(
                    test.main().label(Subdir.NOARCH, NAME, DEV, test.admin()).changed());

            var unlabelled = test.main().unlabel(Subdir.NOARCH, NAME, DEV, test.admin());
            assertEquals(List.of(Label.MAIN), unlabelled.labels());
            assertEquals(Set.of(), inShards(test, DEV));
            assertEquals(Set.of(), listed(test, DEV));
            assertEquals(List.of(ZLIB.condaName()), removed(test, DEV));
            assertEquals(Set.of(ZLIB.condaName()), view(test).packages(Subdir.NOARCH));
            assertFalse(
                    test.main().unlabel(Subdir.NOARCH, NAME, DEV, test.admin()).changed());
        }
    }

    @Test
    void an_artifact_without_labels_is_in_no_index_until_it_gets_one() throws IOException {
        try (var test = TestChannels.open(folder)) {
            publish(test, Label.MAIN);
            var bare = test.main().unlabel(Subdir.NOARCH, NAME, Label.MAIN, test.admin());
            assertEquals(List.of(), bare.labels());
            assertEquals(Set.of(), view(test).packages(Subdir.NOARCH));
            assertTrue(test.main().artifact(Subdir.NOARCH, NAME).isPresent());

            assertTrue(publish(test, Label.MAIN).alreadyThere());
            assertEquals(Set.of(ZLIB.condaName()), view(test).packages(Subdir.NOARCH));
        }
    }

    @Test
    void a_label_shows_no_yanked_artifact_and_none_that_is_not_there() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var admin = test.admin();
            assertEquals(Code.NOT_HERE, refusal(() -> test.main().label(Subdir.NOARCH, NAME, DEV, admin)));
            assertEquals(Code.NOT_HERE, refusal(() -> test.main().unlabel(Subdir.NOARCH, NAME, DEV, admin)));
            publish(test, Label.MAIN);
            test.main().yank(Subdir.NOARCH, NAME, "it is broken", admin);
            assertEquals(Code.ARTIFACT_YANKED, refusal(() -> test.main().label(Subdir.NOARCH, NAME, DEV, admin)));
        }
    }

    @Test
    void a_yank_needs_an_artifact_and_a_reason() throws IOException {
        try (var test = TestChannels.open(folder)) {
            var admin = test.admin();
            assertEquals(Code.NOT_HERE, refusal(() -> test.main().yank(Subdir.NOARCH, NAME, "why", admin)));
            publish(test, Label.MAIN);
            for (var reason : List.of("", " ", "x".repeat(1001))) {
                assertEquals(Code.BAD_REQUEST, refusal(() -> test.main().yank(Subdir.NOARCH, NAME, reason, admin)));
            }
            assertEquals(Set.of(ZLIB.condaName()), inShards(test, Label.MAIN));
        }
    }

    private interface Deed {
        void run() throws IOException;
    }

    private static Code refusal(Deed deed) {
        return assertThrows(ProblemException.class, deed::run).problem().code();
    }

    private static void assertIndexEverywhere(TestChannels test) {
        for (var subdir : test.main().subdirs()) {
            for (var label : List.of(Label.MAIN, DEV)) {
                for (var file : List.of("repodata.json", "repodata.json.zst", "repodata_shards.msgpack.zst")) {
                    assertTrue(
                            test.main()
                                    .indexFile(Dialect.CONDA, subdir, label, file)
                                    .isPresent(),
                            () -> label + " " + subdir + " " + file);
                }
            }
        }
    }

    private static Published publish(TestChannels test, Label label) throws IOException {
        return (Published) test.publish(upload(label));
    }

    private static Upload upload(Label label) {
        var bytes = ZLIB.conda();
        return new Upload(ZLIB.condaName(), null, null, label, new ByteArrayInputStream(bytes), bytes.length);
    }

    private static ClientView view(TestChannels test) {
        return new ClientView(test.main(), Dialect.CONDA, test.clock.instant());
    }

    private static Set<String> inShards(TestChannels test, Label label) throws IOException {
        return view(test).inShards(Subdir.NOARCH, label);
    }

    private static List<String> removed(TestChannels test, Label label) throws IOException {
        return view(test).shards(Subdir.NOARCH, label).values().stream()
                .flatMap(shard -> shard.removed().stream())
                .toList();
    }

    private static Set<String> listed(TestChannels test, Label label) throws IOException {
        var records = view(test)
                .repodata(Subdir.NOARCH, label)
                .member("packages.conda")
                .orElseThrow();
        return new TreeSet<>(((JsonObject) records).members().keySet());
    }
}
