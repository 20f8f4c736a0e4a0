package dev.bulla.channel;

import static dev.bulla.channel.TestChannels.codes;
import static dev.bulla.channel.TestChannels.upload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.publish.PublishResult;
import dev.bulla.channel.publish.PublishResult.Published;
import dev.bulla.channel.publish.PublishResult.Rejected;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixteen uploaders at the same moment. */
final class RaceTest {
    private static final int UPLOADERS = 16;

    @TempDir
    Path folder;

    @Test
    void of_many_uploads_of_one_name_with_different_bytes_exactly_one_wins() throws Exception {
        try (var test = TestChannels.open(folder)) {
            for (var round = 0; round < 5; round++) {
                var name = "contested" + round;
                var results = race(i -> publish(test, Packages.tiny(name).file("share/who", "uploader " + i)));

                var winners =
                        results.stream().filter(Published.class::isInstance).toList();
                assertEquals(1, winners.size());
                results.stream()
                        .filter(Rejected.class::isInstance)
                        .forEach(loser -> assertEquals(List.of(Code.NAME_CONFLICT), codes(loser)));
                assertEquals(round + 1, packages(test));
                assertEquals(round + 1, blobs());
            }
        }
    }

    @Test
    void of_many_uploads_of_the_same_bytes_one_is_new_and_all_are_there() throws Exception {
        try (var test = TestChannels.open(folder)) {
            for (var round = 0; round < 5; round++) {
                var name = "shared" + round;
                var results = race(i -> {
                    var result = publish(test, Packages.tiny(name));
                    assertTrue(packages(test) > 0, "an acknowledged package is in the index");
                    return result;
                });

                var published = results.stream().map(Published.class::cast).toList();
                assertEquals(
                        1, published.stream().filter(p -> !p.alreadyThere()).count());
                assertEquals(
                        1,
                        published.stream().map(Published::generation).distinct().count());
                assertEquals(round + 1, packages(test));
                assertEquals(round + 1, blobs());
            }
        }
    }

    @Test
    void uploads_of_different_names_are_all_there_when_each_is_acknowledged() throws Exception {
        try (var test = TestChannels.open(folder)) {
            var results = race(i -> {
                var tiny = Packages.tiny("name" + i).subdir(i % 2 == 0 ? "noarch" : "linux-64");
                var result = publish(test, tiny);
                var seen = new ClientView(test.main(), Dialect.CONDA, test.clock.instant())
                        .packages(((Published) result).subdir());
                assertTrue(seen.contains(tiny.condaName()));
                return result;
            });
            assertEquals(UPLOADERS, results.size());
            assertEquals(UPLOADERS / 2, packages(test));
            assertEquals(UPLOADERS, blobs());
        }
    }

    @Test
    void the_same_bytes_under_two_names_survive_the_refusal_of_one() throws Exception {
        try (var test = TestChannels.open(folder)) {
            var tiny = Packages.tiny("right");
            for (var round = 0; round < 5; round++) {
                var results = race(i -> i % 2 == 0
                        ? test.publish(upload(tiny.tarBz2Name(), tiny.tarBz2()))
                        : test.publish(upload("wrong-1.0-0.tar.bz2", tiny.tarBz2())));

                assertEquals(
                        UPLOADERS / 2,
                        results.stream().filter(Published.class::isInstance).count());
                assertEquals(1, packages(test));
                assertEquals(1, blobs());
            }
        }
    }

    @Test
    void readers_always_find_one_whole_generation_while_it_changes() throws Exception {
        try (var test = TestChannels.open(folder)) {
            race(i -> {
                if (i < 4) {
                    return publish(test, Packages.tiny("name" + i));
                }
                for (var look = 0; look < 20; look++) {
                    packages(test);
                }
                return publish(test, Packages.tiny("name0"));
            });
            assertEquals(4, packages(test));
        }
    }

    private static PublishResult publish(TestChannels test, TinyPackage tiny) throws IOException {
        return test.publish(upload(tiny.condaName(), tiny.conda()));
    }

    private interface Uploader {
        PublishResult run(int number) throws Exception;
    }

    private static List<PublishResult> race(Uploader uploader) throws Exception {
        var start = new CountDownLatch(1);
        var results = new ArrayList<PublishResult>();
        try (var threads = Executors.newFixedThreadPool(UPLOADERS)) {
            var all = IntStream.range(0, UPLOADERS)
                    .mapToObj(i -> threads.submit((Callable<PublishResult>) () -> {
                        start.await();
                        return uploader.run(i);
                    }))
                    .toList();
            start.countDown();
            for (Future<PublishResult> one : all) {
                results.add(one.get());
            }
        }
        return results;
    }

    private static int packages(TestChannels test) throws IOException {
        return new ClientView(test.main(), Dialect.LIBMAMBA, test.clock.instant())
                .packages(Subdir.NOARCH)
                .size();
    }

    private long blobs() throws IOException {
        try (var all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
