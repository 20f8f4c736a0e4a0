package dev.bulla.client.update;

import dev.bulla.client.fetch.ChannelUrl;
import dev.bulla.trust.contenttrust.TrustedRoles;
import dev.bulla.trust.json.Dialect;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is believed about a channel in this run, up to date; any number of threads may verify with it.
 *
 * @param channel whose it is
 * @param firstRootSha256 the pin
 * @param roles for each view that was asked for: {@link Dialect#CONDA} at the channel itself, {@link Dialect#LIBMAMBA}
 *     under {@code libmamba/}
 */
public record ChannelTrust(ChannelUrl channel, String firstRootSha256, Map<Dialect, TrustedRoles> roles) {
    /** Copies. */
    public ChannelTrust {
        roles = Map.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("at least one view");
        }
    }

    /** The views that can be verified. */
    public Set<Dialect> views() {
        return roles.keySet();
    }

    /** The roles of a view that was asked for. */
    public TrustedRoles roles(Dialect view) {
        return Optional.ofNullable(roles.get(view)).orElseThrow(() -> new IllegalArgumentException("no view " + view));
    }

    /** The version of the newest root, the same in all views. */
    public int rootVersion() {
        return roles.values().iterator().next().root().version();
    }
}
