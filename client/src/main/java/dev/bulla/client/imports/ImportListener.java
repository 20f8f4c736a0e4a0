package dev.bulla.client.imports;

/** Hears how an import goes on; may be called by several threads at once. */
public interface ImportListener {
    /** Wants to hear nothing. */
    ImportListener SILENT = new ImportListener() {};

    /** This is to be sent in all. */
    default void sending(int files, long bytes) {}

    /** So many bytes more are sent. */
    default void sent(long bytes) {}

    /** All is sent; an index that was found is being compared. */
    default void comparing() {}
}
