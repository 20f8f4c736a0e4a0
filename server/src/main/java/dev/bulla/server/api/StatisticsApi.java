package dev.bulla.server.api;

import dev.bulla.channel.ChannelStatistics;
import dev.bulla.channel.Channels;
import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.LabelStatistics;
import dev.bulla.channel.catalog.SubdirStatistics;
import dev.bulla.channel.token.Tokens;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Directory;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;

/** {@code GET /api/v1/channels/{channel}/stats}: how much a channel has, and which of its lists are behind. */
public final class StatisticsApi {
    private final Directory channels;
    private final Tokens tokens;

    /** The API of these channels. */
    public StatisticsApi(Channels channels) {
        this.channels = new Directory(channels);
        this.tokens = channels.tokens();
    }

    /** Counts. */
    public Answer get(Exchange exchange) {
        var token = tokens.authenticate(exchange.secret());
        var channel = channels.named(exchange);
        return Answer.json(200, document(channel.name().text(), channel.statistics(token)));
    }

    private static JsonObject document(String channel, ChannelStatistics all) {
        var subdirs = all.subdirs().stream().map(one -> (Json) subdir(one)).toList();
        var labels = all.labels().stream().map(one -> (Json) label(one)).toList();
        var waiting = all.waiting().stream().map(IndexUnit::toString).toList();
        return JsonObject.builder()
                .put("channel", channel)
                .put(
                        "artifacts",
                        all.subdirs().stream()
                                .mapToLong(SubdirStatistics::artifacts)
                                .sum())
                .put(
                        "bytes",
                        all.subdirs().stream()
                                .mapToLong(SubdirStatistics::bytes)
                                .sum())
                .put("subdirs", new JsonArray(subdirs))
                .put("labels", new JsonArray(labels))
                .put("waiting", JsonArray.ofStrings(waiting))
                .build();
    }

    private static JsonObject subdir(SubdirStatistics one) {
        return JsonObject.builder()
                .put("subdir", one.subdir().text())
                .put("artifacts", one.artifacts())
                .put("bytes", one.bytes())
                .put("packages", one.packages())
                .put("yanked", one.yanked())
                .put("patched", one.patched())
                .put("patched_out", one.patchedOut())
                .build();
    }

    private static JsonObject label(LabelStatistics one) {
        return JsonObject.builder()
                .put("label", one.label().text())
                .put("subdir", one.subdir().text())
                .put("listed", one.listed())
                .put("bytes", one.bytes())
                .build();
    }
}
