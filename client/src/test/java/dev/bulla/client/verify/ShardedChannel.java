package dev.bulla.client.verify;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.remote.ChannelSimulator;
import dev.bulla.client.remote.ShardSimulator;
import dev.bulla.client.remote.SteppingTimer;
import dev.bulla.client.update.ChannelTrust;
import dev.bulla.client.update.Pin;
import dev.bulla.client.update.Updater;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Dialect;
import dev.bulla.trust.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A channel with honest shards in noarch, and who verifies it. */
record ShardedChannel(ChannelSimulator sim, ShardSimulator shards, SteppingTimer timer, Path folder)
        implements AutoCloseable {
    private static final FetchPolicy QUICK =
            new FetchPolicy(Duration.ofSeconds(5), Duration.ofSeconds(5), 1000, 2, Duration.ZERO, null);

    /** Starts it; what is trusted is kept in the folder. */
    static ShardedChannel start(Path folder) {
        var sim = ChannelSimulator.start();
        var shards = new ShardSimulator(sim, "noarch");
        shards.publish();
        return new ShardedChannel(sim, shards, new SteppingTimer(), folder);
    }

    /** The record of the package that is there from the start. */
    JsonObject zlib() {
        return Objects.requireNonNull(sim.records("noarch").get(ChannelSimulator.ZLIB));
    }

    Fetcher fetcher() {
        return Fetcher.of(sim.url(), QUICK);
    }

    ChannelTrust trust(Set<Dialect> views) {
        return new Updater(fetcher(), sim.url(), folder.resolve("state"), ChannelSimulator.NOW)
                .update(new Pin.Digest(sim.rootSha256()), views);
    }

    VerifyOptions options() {
        return new VerifyOptions(List.of(), false, 2, timer.patience());
    }

    ChannelReport verify() {
        return new ChannelVerifier(fetcher(), trust(Set.of(Dialect.values()))).verify(options(), VerifyListener.SILENT);
    }

    List<Problem> failures() {
        return verify().failures().stream().map(Verdict.Failed::problem).toList();
    }

    /** Why nothing could be told. */
    Code thrown() {
        return assertThrows(ProblemException.class, this::verify).problem().code();
    }

    @Override
    public void close() {
        sim.close();
    }
}
