package dev.bulla.channel.catalog;

/** Gets what the index needs of one artifact after the other, in the order of their file names. */
@FunctionalInterface
public interface RecordVisitor {
    /** The next one; each array is compact JSON in UTF-8, the signatures are objects public key → entry. */
    void visit(String fileName, byte[] record, byte[] condaSignatures, byte[] libmambaSignatures);
}
