package dev.bulla.channel.ledger;

import org.jdbi.v3.core.Handle;

/** Appends to the journal, always in the transaction of the change itself. */
public final class Journal {
    private Journal() {}

    /** Appends the entry and returns its position. Call it after the change's other writes. */
    public static long append(Handle handle, Entry entry) {
        var position = JournalTable.takePosition(handle);
        JournalTable.insert(handle, position, entry);
        return position;
    }

    /** The position of the last entry; 0 when there is none. */
    public static long head(Handle handle) {
        return JournalTable.headPosition(handle);
    }
}
