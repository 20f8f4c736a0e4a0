package dev.bulla.client.imports;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.HttpUpload;
import dev.bulla.client.fetch.ServerApi;
import dev.bulla.client.imports.ImportOutcome.Difference;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Label;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Imports a channel into one of a server. Not safe to share. */
public final class ChannelImport {
    /** The server makes shards after the last byte, and says nothing meanwhile. */
    private static final Duration ANSWER = Duration.ofMinutes(10);

    private static final int REQUESTS_AT_ONCE = 2;

    private final ChannelUrl server;
    private final ChannelName channel;
    private final Label label;
    private final FetchPolicy policy;

    /**
     * An import.
     *
     * @param server the server's address
     * @param channel into which channel of it
     * @param label which label shows what comes
     * @param policy with the token of the admin
     */
    public ChannelImport(ChannelUrl server, ChannelName channel, Label label, FetchPolicy policy) {
        this.server = server;
        this.channel = channel;
        this.label = label;
        this.policy = policy;
    }

    /**
     * Imports all packages of the source that the channel has not; a run that was cut short goes on where it ended.
     *
     * @param dryRun only looks what would be sent
     * @throws ProblemException when the server cannot be reached or refuses the import as such
     */
    public ImportOutcome run(ImportSource source, boolean dryRun, ImportListener listener) {
        var api = new ServerApi(server.uri(), policy);
        var survey = Survey.of(source, new KnownNames(api, channel, label));
        if (!dryRun) {
            send(source, survey, listener);
        }
        var differences = dryRun ? List.<Difference>of() : compare(source, survey, listener);
        return survey.outcome(dryRun, differences);
    }

    private void send(ImportSource source, Survey survey, ImportListener listener) {
        listener.sending(survey.toSend().size(), survey.bytesToSend());
        var path = "api/v1/channels/" + channel + "/import?label=" + label.text();
        var upload = new HttpUpload(policy.withReadTimeout(ANSWER));
        var waiting = new ArrayList<Future<Shipment.Result>>();
        try (ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE)) {
            for (var files : Shipment.split(survey.toSend())) {
                var shipment = new Shipment(source, upload, server.resolve(path), files);
                waiting.add(threads.submit(() -> shipment.send(listener)));
            }
            waiting.forEach(one -> survey.add(await(one, threads)));
        }
    }

    private static Shipment.Result await(Future<Shipment.Result> result, ExecutorService threads) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            threads.shutdownNow();
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("a request did not end", e);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new ProblemException(Code.SERVER_UNREACHABLE, "the import was interrupted", e);
        }
    }

    private List<Difference> compare(ImportSource source, Survey survey, ImportListener listener) {
        listener.comparing();
        var url = ChannelUrl.parse(server.resolve(channel.text()).toString());
        var fetcher = Fetcher.of(url, policy);
        var differences = new ArrayList<Difference>();
        survey.bySubdir().forEach((subdir, files) -> {
            var comparison = new IndexComparison(fetcher, url, label, subdir, files);
            if (source.readIndex(subdir, comparison)) {
                differences.addAll(comparison.differences());
            }
        });
        return differences;
    }
}
