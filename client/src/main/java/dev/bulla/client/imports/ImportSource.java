package dev.bulla.client.imports;

import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.repodata.RepodataVisitor;
import java.nio.file.Path;
import java.util.List;

/** A channel whose packages are to be had. Safe to share. */
public interface ImportSource {
    /** Where it is, without any credential. */
    String name();

    /** The subdirs that have, or may have, packages. */
    List<Subdir> subdirs();

    /** The packages of a subdir, those of one package name one after the other. */
    List<SourceFile> files(Subdir subdir);

    /**
     * A local file with the bytes; {@link #done} is told when it is not needed any more.
     *
     * @throws dev.bulla.problem.ProblemException when it cannot be had, or has not the bytes that it must have
     */
    Path open(SourceFile file);

    /** How many files may be opened at once. */
    default int openAtOnce() {
        return 1;
    }

    /** Says that the file is not needed any more. */
    default void done(SourceFile file, Path local) {}

    /** Reads the index of a subdir as it was found; false when there is none. */
    boolean readIndex(Subdir subdir, RepodataVisitor visitor);
}
