package dev.bulla.channel.patch;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.catalog.Correction;
import dev.bulla.channel.catalog.Place;
import dev.bulla.channel.catalog.StoredRecord;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.metadata.ChannelMetadata;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.repodata.PackageRecord;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * What instructions change in a subdir, worked out and signed before anybody is kept from writing. Not safe to share.
 */
final class Plan {
    private final Place place;
    private final Rules rules;
    private final ChannelMetadata metadata;
    private final List<Correction> corrections = new ArrayList<>();
    private long head;
    private long instead;
    private int changed;
    private int removed;
    private int returned;

    Plan(Place place, Rules rules, ChannelMetadata metadata) {
        this.place = place;
        this.rules = rules;
        this.metadata = metadata;
    }

    /** Works it out for what this snapshot has. */
    void make(Handle handle) {
        head = Journal.head(handle);
        instead = Catalog.patchPosition(handle, place);
        var names = new LinkedHashSet<>(Catalog.fileNames(handle, place));
        names.removeIf(name -> !rules.instructions().concern(name));
        names.addAll(Catalog.patchedFileNames(handle, place));
        add(handle, names);
    }

    /** Adds what was promoted meanwhile; false when other instructions came, so that it must be made anew. */
    boolean complete(Handle handle) {
        if (Catalog.patchPosition(handle, place) != instead) {
            return false;
        }
        add(handle, Catalog.fileNamesAfter(handle, place, head));
        return true;
    }

    private void add(Handle handle, Collection<String> names) {
        for (var name : names) {
            Catalog.record(handle, place, ArchiveName.parse(name)).ifPresent(stored -> add(name, stored));
        }
    }

    private void add(String name, StoredRecord stored) {
        var patched = rules.apply(PackageRecord.parse(name, stored.original()));
        var isSame = Arrays.equals(patched.shown().json(), stored.shown());
        if (isSame && patched.patchedOut() == stored.patchedOut()) {
            return;
        }
        if (patched.patchedOut() != stored.patchedOut()) {
            removed += patched.patchedOut() ? 1 : 0;
            returned += patched.patchedOut() ? 0 : 1;
        } else {
            changed++;
        }
        try {
            corrections.add(new Correction(
                    stored.artifactPosition(),
                    metadata.sign(patched.shown()),
                    patched.changedFrom(),
                    patched.patchedOut()));
        } catch (ProblemException unsignable) {
            throw new ProblemException(
                    Code.REPODATA_INVALID,
                    "patch instructions: " + name + ": " + unsignable.problem().detail(),
                    unsignable);
        }
    }

    List<Correction> corrections() {
        return corrections;
    }

    PatchResult result(boolean done, long generation) {
        return new PatchResult(place.subdir(), changed, removed, returned, done, generation);
    }
}
