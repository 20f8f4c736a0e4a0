package dev.bulla.cli.commands;

import dev.bulla.cli.config.Key;
import dev.bulla.cli.config.Settings;
import dev.bulla.cli.config.StoredTokens;
import dev.bulla.cli.config.Value;
import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.client.fetch.FetchPolicy;
import dev.bulla.client.fetch.Fetcher;
import dev.bulla.client.fetch.ServerApi;
import dev.bulla.client.update.TrustedState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The server that a command talks to, and as whom.
 *
 * @param server its address
 * @param token what is sent to it, if anything, with where it was found
 * @param variables the environment, for where state is kept
 */
record Remote(URI server, Optional<Value> token, Map<String, String> variables) {

    /** As configured. The stored token of a server is used when no other was given. */
    static Remote of(BullaCommand bulla) {
        Settings settings = bulla.settings();
        Map<String, String> variables = bulla.surroundings().variables();
        URI server = URI.create(settings.value(Key.SERVER).text());
        Value given = settings.value(Key.TOKEN);
        Optional<Value> token =
                given.isSet() ? Optional.of(given) : new StoredTokens(Settings.userFolder(variables)).find(server);
        return new Remote(server, token, variables);
    }

    /** The API of the server. */
    ServerApi api() {
        return new ServerApi(server, policy());
    }

    /** Patience, and the token. */
    FetchPolicy policy() {
        return FetchPolicy.standard().withToken(token.map(Value::text).orElse(null));
    }

    /** A channel of the server by its name, or any channel by its address. */
    ChannelUrl channel(String nameOrUrl) {
        if (nameOrUrl.contains("/")) {
            return ChannelUrl.parse(nameOrUrl);
        }
        String text = server.toString();
        return ChannelUrl.parse((text.endsWith("/") ? text : text + "/") + nameOrUrl);
    }

    /** The door to a channel; the token goes through it only when the channel is of this server. */
    Fetcher fetcher(ChannelUrl channel) {
        URI uri = channel.uri();
        boolean ours = server.getScheme().equals(uri.getScheme())
                && String.valueOf(server.getHost()).equalsIgnoreCase(uri.getHost())
                && server.getPort() == uri.getPort();
        return Fetcher.of(channel, ours ? policy() : FetchPolicy.standard());
    }

    /** Where what is trusted about channels is kept. */
    Path trustFolder() {
        Path home = Path.of(variables.getOrDefault("HOME", "."));
        return TrustedState.base(name -> variables.getOrDefault(name, ""), home);
    }
}
