package dev.bulla.channel;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The artifacts of one channel that were asked for lately, so that a download costs no query. Safe to share.
 *
 * <p>Only what is there is kept: a published name never means other bytes, while a name that is not there may be
 * published the next moment. Whoever comes to withdraw artifacts has to make this forget them.
 */
final class KnownArtifacts {
    private static final int MOST = 16_384;

    private record Address(Subdir subdir, ArchiveName name) {}

    /** In the order of use, the latest last. Guarded by itself. */
    private final Map<Address, StoredArtifact> artifacts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Address, StoredArtifact> eldest) {
            return size() > MOST;
        }
    };

    /** The artifact at this address, from {@code lookup} when it was not asked for lately. */
    Optional<StoredArtifact> find(Subdir subdir, ArchiveName name, Supplier<Optional<StoredArtifact>> lookup) {
        var address = new Address(subdir, name);
        synchronized (artifacts) {
            var known = artifacts.get(address);
            if (known != null) {
                return Optional.of(known);
            }
        }
        var found = lookup.get();
        synchronized (artifacts) {
            found.ifPresent(artifact -> artifacts.put(address, artifact));
        }
        return found;
    }
}
