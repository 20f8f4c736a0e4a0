package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.cli.commands.BullaProcess;
import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed right before it asks the kernel to write, to force, to rename or to remove something: at one call
 * after the other, until it gets through unharmed.
 */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class KilledCallTest {
    private static final String FORCE = "fsync,fdatasync";
    private static final String RENAME = "rename,renameat,renameat2";
    private static final String REMOVE = "unlink,unlinkat,rmdir";
    private static final String WRITE = "write,pwrite64";
    private static final String WRITE_DATABASE = "pwrite64";
    private static final String OPEN = "open,openat";
    private static final int MORE_THAN_ENOUGH = 400;

    /** Checkpoints and whole lists come a moment after the answer, so whoever waits for them waits that long. */
    private static final Duration UNTIL_AFTERWARDS = Duration.ofSeconds(3);

    private static final Duration DYING = Duration.ofSeconds(30);

    @TempDir
    private Path temp;

    /** Each package that was sent. */
    private final Set<String> sent = new HashSet<>();

    private Path data;
    private BullaProcess server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Strace.require(temp);
        data = Files.createDirectory(temp.resolve("data")).toRealPath();
        server = BullaProcess.serve(data);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_publish_that_is_killed_at_any_call_is_whole_or_absent_and_never_lost() throws Exception {
        Path index = data.resolve("index/main/noarch/conda/building");
        sweep(good(), blob -> moments(RENAME, data)); // into blobs/, and into place as a generation
        sweep(good(), blob -> moments(FORCE, blob.resolve("..").normalize(), data.resolve("bulla.db-wal")));
        sweep(good(), blob -> moments(WRITE, data.resolve("bulla.db-wal"), index.resolve("manifest")));
        sweep(good(), blob -> moments(OPEN, index.resolve("repodata.json"), index.resolve("manifest"), blob));
        sweep(good(), blob -> moments(WRITE, data.resolve("bulla.db")));
        sweep(good(), blob -> moments(FORCE, data.resolve("bulla.db")));
    }

    @Test
    void a_refusal_that_is_killed_at_any_call_leaves_no_bytes_behind() throws Exception {
        sweep(bad(), blob -> moments(RENAME, data));
        sweep(bad(), blob -> moments(REMOVE, blob));
        sweep(bad(), blob -> moments(FORCE, data.resolve("bulla.db-wal")));
    }

    @Test
    void a_first_start_that_is_killed_at_any_call_is_done_again() throws Exception {
        Path fresh = temp.toRealPath().resolve("fresh");
        for (String calls : List.of(FORCE, RENAME, WRITE_DATABASE)) {
            var moment = new Strace.Moment(calls, fresh, 1);
            for (boolean dead = true; dead; moment = moment.next()) {
                assertTrue(moment.count() < MORE_THAN_ENOUGH, "it never gets through");
                dead = startAndKill(fresh, moment);
                assertTrue(dead || moment.count() > 1, "there is no such call: " + moment);
                Served.deleteTree(fresh);
            }
        }
    }

    private static boolean startAndKill(Path fresh, Strace.Moment moment) throws Exception {
        var started = BullaProcess.serveBelow(Strace.killing(fresh, moment), fresh);
        if (started.isPresent()) {
            started.get().close();
        }
        try (var again = BullaProcess.serve(fresh)) {
            assertEquals(Map.of(), new Served(again).whole());
            TinyPackage tiny = Packages.tiny("after");
            assertEquals(
                    201, RawUpload.of(again, tiny.condaName(), tiny.conda()).status());
            assertEquals(Set.of(tiny.condaName()), new Served(again).index().keySet());
            for (String secret : List.of("admin-token", "root-key-take-offline")) {
                var permissions = Files.getPosixFilePermissions(fresh.resolve(secret));
                assertEquals("rw-------", PosixFilePermissions.toString(permissions));
            }
        } catch (AssertionError failure) {
            throw new AssertionError(moment + ": " + failure.getMessage(), failure);
        }
        return started.isEmpty();
    }

    /** The moments to look at, for a package whose bytes will be in this file. */
    private interface Moments {
        List<Strace.Moment> of(Path blob);
    }

    /** Makes packages of distinct names. */
    private interface Source {
        TinyPackage next(int number);
    }

    private static Source good() {
        return number -> Packages.tiny("good").version("1." + number);
    }

    private static Source bad() {
        return number -> Packages.tiny("bad").version("1." + number).withoutInfo("info/paths.json");
    }

    private static List<Strace.Moment> moments(String calls, Path... files) {
        return Stream.of(files).map(file -> new Strace.Moment(calls, file, 1)).toList();
    }

    /** Each kind of moment until the server gets through it. */
    private void sweep(Source source, Moments moments) throws Exception {
        for (int kind = 0; kind < moments.of(data).size(); kind++) {
            int count = 1;
            for (boolean dead = true; dead; ) {
                assertTrue(count < MORE_THAN_ENOUGH, "it never gets through");
                TinyPackage tiny = source.next(sent.size());
                sent.add(tiny.condaName());
                var first = moments.of(blob(tiny)).get(kind);
                var moment = new Strace.Moment(first.calls(), first.on(), count);
                dead = uploadAndKill(tiny, moment);
                assertTrue(dead || count > 1, () -> "there is no such call: " + moment);
                count = moment.next().count();
            }
        }
    }

    private Path blob(TinyPackage tiny) {
        String sha256 = Packages.sha256(tiny.conda());
        return data.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Kills the server at that moment or, when it does not come, afterwards; goes on with the next one. */
    private boolean uploadAndKill(TinyPackage tiny, Strace.Moment moment) throws Exception {
        Answered answered;
        boolean dead;
        try (var _ = Strace.attach(server, moment)) {
            answered = upload(server, tiny);
            dead = server.endsWithin(patience(answered, moment));
        }
        assertTrue(dead || answered != Answered.NOT, () -> "cut off by a server that lives, at " + moment);
        server.close();
        server = BullaProcess.serve(data);
        check(tiny, answered == Answered.TAKEN, moment + (dead ? " killed it" : " did not come"));
        return dead;
    }

    /** What an uploader heard. */
    private enum Answered {
        TAKEN,
        REFUSED,
        NOT
    }

    private static Duration patience(Answered answered, Strace.Moment moment) {
        if (answered == Answered.NOT) {
            return DYING;
        }
        return isAfterwards(moment) ? UNTIL_AFTERWARDS : Duration.ZERO;
    }

    /** Whether such calls are also made, or only, once the uploader has its answer. */
    private static boolean isAfterwards(Strace.Moment moment) {
        return moment.on().endsWith("bulla.db")
                || moment.on().toString().contains("/building/")
                || moment.calls().equals(RENAME);
    }

    private static Answered upload(BullaProcess server, TinyPackage tiny) {
        try {
            var answer = RawUpload.of(server, tiny.condaName(), tiny.conda());
            return answer.isAcknowledgement() ? Answered.TAKEN : Answered.REFUSED;
        } catch (IOException cutOff) {
            return Answered.NOT;
        }
    }

    private void check(TinyPackage tiny, boolean acknowledged, String when) throws Exception {
        try {
            var served = new Served(server);
            Map<String, String> index = served.whole();
            assertTrue(index.containsKey(tiny.condaName()) || !acknowledged, "acknowledged and lost");
            served.assertWholeOrAbsent(tiny.condaName(), tiny.conda(), index);
            assertTrue(sent.containsAll(index.keySet()), "there is what nobody sent");
        } catch (AssertionError failure) {
            throw new AssertionError(when + ": " + failure.getMessage(), failure);
        }
    }
}
