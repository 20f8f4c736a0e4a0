package dev.bulla.client.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.testkit.Packages;
import dev.bulla.trust.json.Dialect;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTimingTest extends ShardedChannelTest {
    @Test
    void a_package_that_is_in_its_shard_seconds_before_repodata_is_no_failure() {
        sim.add(Packages.tiny("bzip2"), "noarch");
        shards.read();
        shards.publish();
        timer.atPause(2, sim::publish);

        var report = channel.verify();

        assertTrue(report.isTrusted(), () -> report.failures().toString());
        assertEquals(2, timer.pauses());
    }

    @Test
    void a_package_that_is_taken_back_meanwhile_is_no_failure() {
        sim.add(Packages.tiny("bzip2"), "noarch");
        sim.publish();
        timer.atPause(1, () -> {
            shards.read();
            shards.publish();
        });

        assertTrue(channel.verify().isTrusted());
    }

    @Test
    void packages_that_come_in_while_one_is_looked_at_again_do_not_keep_it_open() {
        sim.add(Packages.tiny("bzip2"), "noarch");
        shards.read();
        shards.publish();
        timer.atPause(1, () -> {
            sim.publish();
            sim.add(Packages.tiny("lz4"), "noarch");
            shards.read();
            shards.publish();
        });

        assertTrue(channel.verify().isTrusted());
        assertEquals(1, timer.pauses());
    }

    @Test
    void a_record_that_comes_late_and_not_signed_is_found() {
        sim.add(Packages.tiny("bzip2"), "noarch");
        shards.read();
        shards.publish();
        timer.atPause(1, () -> {
            sim.publish();
            sim.tamper(Dialect.CONDA, "noarch", index -> index.replaceFirst(",\"signatures\":.*", "}"));
        });

        assertEquals(Code.SIGNATURE_MISSING, channel.failures().getFirst().code());
    }

    @Test
    void an_outage_while_it_is_looked_again_is_never_a_verdict() {
        sim.add(Packages.tiny("bzip2"), "noarch");
        shards.read();
        shards.publish();
        timer.atPause(1, () -> sim.server().fail(shards.indexPath(), 503));

        assertEquals(Code.SERVER_UNREACHABLE, channel.thrown());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_outage_is_never_a_verdict(boolean index) {
        sim.server().fail(index ? shards.indexPath() : shards.path("zlib"), 502);

        assertEquals(Code.SERVER_UNREACHABLE, channel.thrown());
    }

    @Test
    void a_file_is_waited_for_when_a_shard_lists_it_and_the_index_does_not_yet() throws Exception {
        sim.add(Packages.tiny("bzip2"), "noarch");
        shards.read();
        shards.publish();
        timer.atPause(2, sim::publish);
        var file = Files.write(
                folder.resolve("bzip2-1.0-0.conda"), Packages.tiny("bzip2").conda());
        var waits = new AtomicInteger();

        var files = new FileVerifier(
                channel.fetcher(), channel.trust(Set.of(Dialect.values())), timer.patience(), waits::incrementAndGet);

        var verdict = files.verify(file);
        assertTrue(verdict instanceof Verdict.Verified, verdict::toString);
        assertEquals(2, waits.get());
    }

    @Test
    void a_file_that_nothing_lists_is_not_waited_for() throws Exception {
        var file = Files.write(
                folder.resolve("bzip2-1.0-0.conda"), Packages.tiny("bzip2").conda());
        var files = new FileVerifier(
                channel.fetcher(), channel.trust(Set.of(Dialect.values())), timer.patience(), () -> {});

        assertTrue(files.verify(file) instanceof Verdict.Failed);
        assertEquals(0, timer.pauses());
    }
}
