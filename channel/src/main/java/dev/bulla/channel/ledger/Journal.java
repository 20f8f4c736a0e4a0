package dev.bulla.channel.ledger;

import dev.bulla.channel.store.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
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

    /** Appends the entries one behind the other and returns the position of the first. */
    public static long appendAll(Handle handle, List<Entry> entries) {
        var first = JournalTable.takePositions(handle, entries.size());
        JournalTable.insertAll(handle, first, entries);
        return first;
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

    /** How many entries there are; {@link #head} of them, when none is missing. */
    public static long count(Handle handle) {
        return JournalTable.count(handle);
    }

    /** The first position at which an entry is missing, up to the head. */
    public static OptionalLong firstGap(Handle handle) {
        return JournalTable.firstGap(handle);
    }

    /** The bytes that each promotion after one position and up to another was about, by position. */
    public static SortedMap<Long, Sha256> promoted(Handle handle, long after, long upTo) {
        return JournalTable.promoted(handle, after, upTo);
    }
}
