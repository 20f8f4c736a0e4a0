package dev.bulla.channel.index;

import dev.bulla.channel.catalog.ListedArtifact;
import dev.bulla.conda.index.RunExportsSplicer;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import java.io.IOException;

/**
 * {@code run_exports.json}: of every artifact that is listed without patches, also of one that exports nothing.
 *
 * @param splicer writes it
 */
record RunExportsDocument(RunExportsSplicer splicer) implements ListDocument {
    private static final byte[] NOTHING = {'{', '}'};

    @Override
    public void change(PackageName name) {
        splicer.change(name);
    }

    @Override
    public void add(ArchiveName name, ListedArtifact artifact) throws IOException {
        if (!artifact.withdrawn()) {
            var runExports = artifact.runExports();
            splicer.runExports(name, runExports == null ? NOTHING : runExports);
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
