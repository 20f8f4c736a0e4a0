package dev.bulla.channel.metadata;

import dev.bulla.conda.name.ChannelName;
import dev.bulla.trust.contenttrust.Role;
import dev.bulla.trust.json.Dialect;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The trust files that a channel serves at one moment. */
record TrustFiles(List<RoleTable.Row> rows) {
    TrustFiles {
        rows = List.copyOf(rows);
    }

    static TrustFiles read(Handle handle, ChannelName channel) {
        return new TrustFiles(RoleTable.served(handle, channel));
    }

    /** The file that clients of this dialect find under this name. */
    Optional<TrustFile> find(Dialect dialect, String fileName) {
        return rows.stream()
                .filter(row -> row.view().isSeenBy(dialect))
                .map(RoleTable.Row::file)
                .filter(file -> file.fileName().equals(fileName))
                .findFirst();
    }

    TrustFile newestRoot() {
        return newest(View.BOTH, Role.ROOT);
    }

    TrustFile newest(View view, Role role) {
        return rows.stream()
                .filter(row -> row.view() == view && row.file().role() == role)
                .map(RoleTable.Row::file)
                .max(Comparator.comparingInt(TrustFile::version))
                .orElseThrow(() -> new IllegalStateException("the channel has no " + role + " for " + view));
    }
}
