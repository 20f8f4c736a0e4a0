package dev.bulla.channel.ledger;

import java.time.Instant;
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

    /** When the entry at this position was made; there must be one. */
    public static Instant at(Handle handle, long position) {
        return JournalTable.at(handle, position);
    }

    /** Whether there is an entry at this position, made at this time. */
    public static boolean has(Handle handle, long position, Instant at) {
        return JournalTable.has(handle, position, at);
    }
}
