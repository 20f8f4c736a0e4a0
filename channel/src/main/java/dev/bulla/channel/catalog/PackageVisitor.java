package dev.bulla.channel.catalog;

import org.jspecify.annotations.Nullable;

/** Gets what an index has of one package, artifact after artifact, in the order of their file names. */
@FunctionalInterface
public interface PackageVisitor {
    /**
     * The next one; one that is left out is named among what was removed instead.
     *
     * @param record compact JSON in UTF-8
     * @param runExports the same; null when it has none
     */
    void visit(String fileName, byte[] record, byte @Nullable [] runExports, boolean leftOut);
}
