package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while many upload, again and again on one folder; what it acknowledged must be there after each
 * start, and nothing by halves. {@code -Dbulla.seed=N} repeats a run's choices; which uploads the kill meets is up to
 * the machine.
 */
@Tag("slow")
final class KillTest {
    private static final int ROUNDS = 20;
    private static final int UPLOADS = 200;
    private static final int CLIENTS = 32;

    /** Each package that was ever sent, with its SHA-256. */
    private final Map<String, String> sent = new TreeMap<>();

    /** Those that the server said it has. */
    private final Map<String, String> acknowledged = new ConcurrentSkipListMap<>();

    @TempDir
    private Path temp;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void what_was_acknowledged_before_a_kill_is_served_indexed_and_signed_after_it() throws Exception {
        long seed = Long.getLong("bulla.seed", System.nanoTime());
        try {
            killAgainAndAgain(new Random(seed));
        } catch (Exception | AssertionError failure) {
            throw new AssertionError("with -Dbulla.seed=" + seed + ": " + failure.getMessage(), failure);
        }
    }

    private void killAgainAndAgain(Random random) throws Exception {
        Path data = temp.resolve("data");
        BullaProcess server = BullaProcess.serve(data);
        try {
            String root = server.rootSha256();
            for (int round = 1; round <= ROUNDS; round++) {
                List<TinyPackage> packages = packages(round);
                int before = acknowledged.size();
                var moment = KillMoment.choose(random, server);
                upload(server, packages, moment);
                assertTrue(moment.hasCome(), "the kill of round " + round + " did not happen");
                server.close();
                server = BullaProcess.serve(data);
                assertEquals(root, server.rootSha256());
                int answered = acknowledged.size() - before;
                check(
                        server,
                        packages,
                        "round " + round + ", killed " + moment + " with " + answered + " acknowledged");
            }
            assertProven(server);
        } finally {
            server.close();
        }
    }

    private static List<TinyPackage> packages(int round) {
        return IntStream.range(0, UPLOADS)
                .mapToObj(i -> Packages.tiny("killed-%02d-%03d".formatted(round, i)))
                .toList();
    }

    /** Sends all of them, a few at once; returns when each has an answer or none to hope for. */
    private void upload(BullaProcess server, List<TinyPackage> packages, KillMoment moment) throws Exception {
        var deeds = new ArrayList<Runnable>();
        for (int i = 0; i < packages.size(); i++) {
            int number = i;
            TinyPackage tiny = packages.get(i);
            sent.put(tiny.condaName(), Packages.sha256(tiny.conda()));
            deeds.add(() -> upload(server, number, tiny, moment));
        }
        byManyClients(deeds);
    }

    private static void byManyClients(List<Runnable> deeds) throws Exception {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> ends = new ArrayList<>();
            deeds.forEach(deed -> ends.add(clients.submit(deed)));
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException failure) {
            throw new AssertionError(String.valueOf(failure.getCause()), failure);
        }
    }

    private void upload(BullaProcess server, int number, TinyPackage tiny, KillMoment moment) {
        byte[] bytes = tiny.conda();
        RawUpload.Answer answer;
        try (var upload = RawUpload.begin(server, tiny.condaName(), bytes.length)) {
            int part = moment.partOf(number, bytes.length);
            upload.send(bytes, 0, part);
            moment.sent(number);
            upload.send(bytes, part, bytes.length);
            answer = upload.answer();
        } catch (IOException cutOff) {
            assertTrue(moment.hasCome(), () -> "cut off before the kill: " + cutOff);
            return; // nobody said that it arrived, so it may be there or not
        }
        assertEquals(201, answer.status(), answer::body);
        acknowledged.put(tiny.condaName(), Packages.sha256(bytes));
        moment.acknowledged();
    }

    private void check(BullaProcess server, List<TinyPackage> packages, String when) throws Exception {
        try {
            var served = new Served(server);
            Map<String, String> index = served.whole();
            assertTrue(index.entrySet().containsAll(acknowledged.entrySet()), () -> missing(index));
            assertTrue(sent.entrySet().containsAll(index.entrySet()), "there is what nobody sent");
            for (TinyPackage tiny : packages) {
                served.assertWholeOrAbsent(tiny.condaName(), tiny.conda(), index);
            }
            sendAgain(server, packages, index);
        } catch (AssertionError failure) {
            throw new AssertionError(when + ": " + failure.getMessage() + "\n" + server.log(), failure);
        }
    }

    private String missing(Map<String, String> index) {
        var lost = new TreeMap<>(acknowledged);
        lost.entrySet().removeAll(index.entrySet());
        return "acknowledged and not there: " + lost;
    }

    /** As clients do that got no answer: they must hear whether their packages were there already. */
    private void sendAgain(BullaProcess server, List<TinyPackage> packages, Map<String, String> index)
            throws Exception {
        byManyClients(packages.stream()
                .filter(tiny -> !acknowledged.containsKey(tiny.condaName()))
                .<Runnable>map(tiny -> () -> sendAgain(server, tiny, index.containsKey(tiny.condaName())))
                .toList());
    }

    private void sendAgain(BullaProcess server, TinyPackage tiny, boolean isThere) {
        try {
            var answer = RawUpload.of(server, tiny.condaName(), tiny.conda());
            assertEquals(isThere ? 200 : 201, answer.status(), answer::body);
            acknowledged.put(tiny.condaName(), Packages.sha256(tiny.conda()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void assertProven(BullaProcess server) throws Exception {
        var served = new Served(server);
        served.awaitListed(acknowledged);
        assertEquals(acknowledged, served.index());
        var verified = BullaProcess.run(
                temp, "verify", server.url() + "/main", "--artifacts", "--root-sha256", server.rootSha256());
        assertEquals(0, verified.status(), verified.err());
        assertTrue(
                verified.out().contains(": " + ROUNDS * UPLOADS + " packages verified, 0 failed"),
                () -> verified.out().substring(verified.out().lastIndexOf("trusted:")));
    }

    /** When the server is killed: after so many answers, or while one certain upload is on its way. */
    private static final class KillMoment {
        private final BullaProcess server;
        private final int upload;
        private final double part;
        private final int answers;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final AtomicBoolean come = new AtomicBoolean();

        private KillMoment(BullaProcess server, int answers, int upload, double part) {
            this.server = server;
            this.answers = answers;
            this.upload = upload;
            this.part = part;
        }

        static KillMoment choose(Random random, BullaProcess server) {
            boolean afterAnswers = random.nextBoolean();
            int number = 1 + random.nextInt(UPLOADS - 1);
            double part = random.nextInt(4) == 0 ? 1 : random.nextDouble();
            return new KillMoment(server, afterAnswers ? number : UPLOADS + 1, afterAnswers ? -1 : number, part);
        }

        /** How much of this upload is sent before {@link #sent}. */
        int partOf(int number, int lengthBytes) {
            return number == upload ? (int) (part * lengthBytes) : lengthBytes;
        }

        void sent(int number) {
            if (number == upload) {
                kill();
            }
        }

        void acknowledged() {
            if (acknowledged.incrementAndGet() == answers) {
                kill();
            }
        }

        private void kill() {
            come.set(true);
            server.kill();
        }

        boolean hasCome() {
            return come.get();
        }

        @Override
        public String toString() {
            return upload < 0
                    ? "after " + answers + " answers"
                    : "in upload %d after %.2f of it".formatted(upload, part);
        }
    }
}
