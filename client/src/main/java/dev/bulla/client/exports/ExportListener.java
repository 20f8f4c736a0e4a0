package dev.bulla.client.exports;

/** Hears how an export goes on; may be called by several threads at once. */
public interface ExportListener {
    /** Wants to hear nothing. */
    ExportListener SILENT = new ExportListener() {};

    /** So many artifacts with so many bytes are to be fetched. */
    default void fetching(int artifacts, long bytes) {}

    /** So many bytes more are here. */
    default void fetched(long bytes) {}

    /** The channel changes, or some of its lists are behind: it is looked at again. */
    default void waiting() {}
}
