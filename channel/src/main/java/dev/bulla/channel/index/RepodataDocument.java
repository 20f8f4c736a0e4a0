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
 * {@code repodata.json} with one view's signatures. Records of the third revision (CEP 48) stand apart; nobody has said how
 * such a record is signed there.
 *
 * @param splicer writes it
 * @param view whose
 */
record RepodataDocument(RepodataSplicer splicer, Dialect view) implements ListDocument {
    static RepodataDocument open(Path folder, Subdir subdir, Dialect view, @Nullable SplicedIndex before)
            throws IOException {
        var info = ("{\"subdir\":\"" + subdir + "\"}").getBytes(StandardCharsets.UTF_8);
        return new RepodataDocument(RepodataSplicer.open(folder, info, before), view);
    }

    @Override
    public void change(PackageName name) {
        splicer.change(name);
    }

    @Override
    public void add(ArchiveName name, ListedArtifact artifact) throws IOException {
        if (artifact.leftOut()) {
            splicer.removed(name);
            return;
        }
        switch (RepodataRevision.of(artifact.record())) {
            case LEGACY -> splicer.record(name, artifact.record(), artifact.signatures(view));
            case V3 -> splicer.revision3(name, artifact.record());
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
