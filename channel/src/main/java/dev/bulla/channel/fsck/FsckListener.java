package dev.bulla.channel.fsck;

/** Hears what goes on; one call at a time, from several threads. */
public interface FsckListener {
    /** What is done one after the other. */
    enum Step {
        /** The database's own consistency, and the journal's. */
        DATABASE,
        /** Records and signatures; counted in records. */
        RECORDS,
        /** Stored files; counted in bytes. */
        BYTES,
        /** Index files; counted in indexes. */
        INDEXES
    }

    /**
     * A step begins.
     *
     * @param total how much there is to do; -1 when that is not known
     */
    void begins(Step step, long total);

    /** So much more of the step is done. */
    void done(long more);

    /** Something was found. */
    void found(Finding finding);
}
