package dev.bulla.server.api;

import dev.bulla.channel.Channels;
import java.time.Clock;

/**
 * What is below {@code /api/v1/channels}.
 *
 * @param channels channels themselves
 * @param statistics how much they have
 * @param yanks what their indexes leave out
 * @param labels what labels show
 * @param patches corrections of records
 * @param notices what they say to their users
 * @param tokens who may read those that are not public
 */
public record ChannelApis(
        ChannelApi channels,
        StatisticsApi statistics,
        YankApi yanks,
        LabelApi labels,
        PatchApi patches,
        NoticeApi notices,
        TokenApi tokens) {
    /** The APIs of these channels. */
    public static ChannelApis of(Channels channels, Clock clock) {
        return new ChannelApis(
                new ChannelApi(channels),
                new StatisticsApi(channels),
                new YankApi(channels),
                new LabelApi(channels),
                new PatchApi(channels),
                new NoticeApi(channels, clock),
                new TokenApi(channels));
    }
}
