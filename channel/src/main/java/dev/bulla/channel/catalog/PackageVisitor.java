package dev.bulla.channel.catalog;

/** Gets what an index has of one package, artifact after artifact, in the order of their file names. */
@FunctionalInterface
public interface PackageVisitor {
    /** The next one; the record is compact JSON in UTF-8; a yanked one is named among what was removed instead. */
    void visit(String fileName, byte[] record, boolean yanked);
}
