package dev.bulla.client.verify;

import dev.bulla.client.verify.RecordCheck.Listed;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.repodata.RepodataVisitor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads an index and puts records and their signatures together, which stand in different places of the file. */
final class IndexScan {
    private final IndexCopy copy;
    private final Predicate<String> wanted;

    /** A scan of all records. */
    static IndexScan of(IndexCopy copy) {
        return new IndexScan(copy, fileName -> true);
    }

    /** A scan of the records of these files. */
    static IndexScan of(IndexCopy copy, Set<String> fileNames) {
        return new IndexScan(copy, fileNames::contains);
    }

    private IndexScan(IndexCopy copy, Predicate<String> wanted) {
        this.copy = copy;
        this.wanted = wanted;
    }

    /** Tells each record, in the file's order, and everything that is neither a record nor a signature. */
    void tell(Consumer<Listed> records, OtherMembers others) {
        var signatures = signatures();
        copy.read(new RepodataVisitor() {
            @Override
            public void info(byte[] json) {
                others.member("info", json);
            }

            @Override
            public void record(ArchiveType section, String fileName, byte[] json) {
                if (wanted.test(fileName)) {
                    records.accept(new Listed(section, fileName, json, signatures.get(fileName)));
                }
            }

            @Override
            public void other(String name, byte[] json) {
                others.member(name, json);
            }
        });
    }

    /** The records of these files. A name that is there in both maps is told twice, so it is left to fail. */
    Map<String, Listed> collect() {
        var found = new HashMap<String, Listed>();
        var twice = new HashSet<String>();
        tell(
                listed -> {
                    if (found.put(listed.fileName(), listed) != null) {
                        twice.add(listed.fileName());
                    }
                },
                (name, json) -> {});
        found.keySet().removeAll(twice);
        return found;
    }

    private Map<String, byte[]> signatures() {
        var signatures = new HashMap<String, byte[]>();
        copy.read(new RepodataVisitor() {
            @Override
            public void record(ArchiveType section, String fileName, byte[] json) {
                // the second reading tells them
            }

            @Override
            public void signatures(String fileName, byte[] json) {
                if (wanted.test(fileName)) {
                    signatures.put(fileName, json);
                }
            }
        });
        return signatures;
    }

    /** Hears of the other members. */
    @FunctionalInterface
    interface OtherMembers {
        /** A top-level member, not checked. */
        void member(String name, byte[] json);
    }
}
