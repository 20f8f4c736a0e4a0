package dev.bulla.channel.fsck;

import dev.bulla.channel.catalog.Catalog;
import dev.bulla.channel.ledger.Journal;
import dev.bulla.channel.store.Database;
import dev.bulla.problem.Code;

/**
 * Looks whether the database and the journal contradict themselves.
 *
 * @param database the store
 * @param whole whether SQLite's own indexes are looked at too
 * @param findings gets what is seen
 */
record StoreCheck(Database database, boolean whole, Findings findings) {
    void run() {
        database.faults(whole)
                .forEach(
                        fault -> findings.found(Finding.damage(Code.DATABASE_DAMAGED, database.name() + ": " + fault)));
        database.read(handle -> {
            var head = Journal.head(handle);
            var count = Journal.count(handle);
            if (count != head) {
                var where = Journal.firstGap(handle);
                findings.found(Finding.damage(
                        Code.JOURNAL_DAMAGED,
                        "the journal has %d entries up to position %d%s"
                                .formatted(
                                        count,
                                        head,
                                        where.isPresent() ? "; the first missing is " + where.getAsLong() : "")));
            }
            Catalog.unitsBehindTheirArtifacts(handle)
                    .forEach(unit -> findings.found(Finding.damage(
                            Code.DATABASE_DAMAGED,
                            "the index of " + unit + " need not show its newest artifact, by its row")));
            return true;
        });
    }
}
