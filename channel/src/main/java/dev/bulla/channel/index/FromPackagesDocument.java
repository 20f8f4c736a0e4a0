package dev.bulla.channel.index;

import dev.bulla.channel.catalog.ListedArtifact;
import dev.bulla.conda.index.RepodataSplicer;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataRevision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code repodata_from_packages.json}: the records as they were without patch instructions, and without signatures.
 *
 * @param splicer writes it
 */
record FromPackagesDocument(RepodataSplicer splicer) implements ListDocument {
    static FromPackagesDocument open(Path folder, Subdir subdir, @Nullable SplicedIndex before) throws IOException {
        var info = ("{\"subdir\":\"" + subdir + "\"}").getBytes(StandardCharsets.UTF_8);
        return new FromPackagesDocument(RepodataSplicer.openFromPackages(folder, info, before));
    }

    @Override
    public void change(PackageName name) {
        splicer.change(name);
    }

    @Override
    public void add(ArchiveName name, ListedArtifact artifact) throws IOException {
        if (artifact.withdrawn()) {
            splicer.removed(name);
            return;
        }
        switch (RepodataRevision.of(artifact.original())) {
            case LEGACY -> splicer.record(name, artifact.original(), null);
            case V3 -> splicer.revision3(name, artifact.original());
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
