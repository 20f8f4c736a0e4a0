package dev.bulla.conda.index;

import java.util.Arrays;

/** What a new document consists of: the old names' blocks, those of changed names put in their place. */
final class Merge {
    private final BlockTable table;
    private int[] picks;

    private Merge(int sections, int maxNames) {
        table = new BlockTable(sections);
        picks = new int[maxNames];
    }

    static Merge of(BlockTable old, BlockTable fresh) {
        var merge = new Merge(old.sections(), Math.addExact(old.size(), fresh.size()));
        var kept = 0;
        for (var index = 0; index < fresh.size(); index++) {
            for (; kept < old.size() && old.name(kept).compareTo(fresh.name(index)) < 0; kept++) {
                merge.add(old, kept, kept);
            }
            if (kept < old.size() && old.name(kept).equals(fresh.name(index))) {
                kept++;
            }
            if (!fresh.isEmpty(index)) {
                merge.add(fresh, index, ~index);
            }
        }
        for (; kept < old.size(); kept++) {
            merge.add(old, kept, kept);
        }
        merge.picks = Arrays.copyOf(merge.picks, merge.table.size());
        return merge;
    }

    private void add(BlockTable from, int index, int pick) {
        picks[table.size()] = pick;
        table.add(from, index);
    }

    /** The blocks of the new document. */
    BlockTable table() {
        return table;
    }

    /** Where each name's blocks come from: an index of the old table, or the complement of one of the fresh table. */
    int[] picks() {
        return picks;
    }
}
