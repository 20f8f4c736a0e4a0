package dev.bulla.channel.index;

import dev.bulla.channel.catalog.ListedArtifact;
import dev.bulla.conda.index.RepodataSplicer;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataRevision;
import dev.bulla.trust.json.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code repodata.json} with one view's signatures, or {@code repodata_from_packages.json}: the records as they were
 * without patch instructions, and without signatures. Records of the third revision (CEP 48) stand apart; nobody has said
 * how such a record is signed there.
 *
 * @param splicer writes it
 * @param choice what of an artifact is listed
 */
record RepodataDocument(RepodataSplicer splicer, Choice choice) implements ListDocument {
    /** What the document says of an artifact; null when it is named among what was removed. */
    @FunctionalInterface
    private interface Choice {
        @Nullable
        Listing of(ListedArtifact artifact);
    }

    /** A record and, where there are any, the signatures over it. */
    @SuppressWarnings("ArrayRecordComponent") // handed over to be written, never compared or changed
    private record Listing(byte[] record, byte @Nullable [] signatures) {}

    /** The records that clients are to see, signed for one view. */
    static RepodataDocument open(Path folder, Subdir subdir, Dialect view, @Nullable SplicedIndex before)
            throws IOException {
        return new RepodataDocument(
                RepodataSplicer.open(folder, info(subdir), before),
                artifact -> artifact.leftOut() ? null : new Listing(artifact.record(), artifact.signatures(view)));
    }

    /** The records that came with the packages. */
    static RepodataDocument ofOriginals(Path folder, Subdir subdir, @Nullable SplicedIndex before) throws IOException {
        return new RepodataDocument(
                RepodataSplicer.openFromPackages(folder, info(subdir), before),
                artifact -> artifact.withdrawn() ? null : new Listing(artifact.original(), null));
    }

    private static byte[] info(Subdir subdir) {
        return ("{\"subdir\":\"" + subdir + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void change(PackageName name) {
        splicer.change(name);
    }

    @Override
    public void add(ArchiveName name, ListedArtifact artifact) throws IOException {
        var listing = choice.of(artifact);
        if (listing == null) {
            splicer.removed(name);
            return;
        }
        switch (RepodataRevision.of(listing.record())) {
            case LEGACY -> splicer.record(name, listing.record(), listing.signatures());
            case V3 -> splicer.revision3(name, listing.record());
        }
    }

    @Override
    public SplicedIndex finish() throws IOException {
        return splicer.finish();
    }

    @Override
    public void close() throws IOException {
        splicer.close();
    }
}
