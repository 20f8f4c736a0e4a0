package dev.bulla.client.verify;

import dev.bulla.client.update.ChannelTrust;
import dev.bulla.trust.json.Dialect;
import java.util.List;
import java.util.stream.Stream;

/** The views of a run in a fixed order. */
final class Views {
    private Views() {}

    static List<Dialect> of(ChannelTrust trust) {
        return Stream.of(Dialect.values()).filter(trust.views()::contains).toList();
    }
}
