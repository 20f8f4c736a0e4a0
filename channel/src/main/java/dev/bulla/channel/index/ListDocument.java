package dev.bulla.channel.index;

import dev.bulla.channel.catalog.ListedArtifact;
import dev.bulla.conda.index.SplicedIndex;
import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.PackageName;
import java.io.IOException;

/** A document that lists a unit whole, while it is written: it is told what packages that were changed have now. */
interface ListDocument extends AutoCloseable {
    /** Begins a changed package, after all those before it. If nothing follows, the document is silent about it. */
    void change(PackageName name);

    /** Adds one artifact of that package; file names ascend. */
    void add(ArchiveName name, ListedArtifact artifact) throws IOException;

    /** Completes the document. */
    SplicedIndex finish() throws IOException;

    @Override
    void close() throws IOException;
}
