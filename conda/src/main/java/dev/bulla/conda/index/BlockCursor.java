package dev.bulla.conda.index;

/** Where the blocks of one section are in a file, told in the order of the names. */
final class BlockCursor {
    private final BlockTable table;
    private final int section;
    private final int gap;
    private int index;
    private long offset;

    /**
     * A cursor before the first block.
     *
     * @param start where the first block is
     * @param gap bytes between two blocks
     */
    BlockCursor(BlockTable table, int section, long start, int gap) {
        this.table = table;
        this.section = section;
        this.offset = start;
        this.gap = gap;
    }

    /** The place of this name's block; later calls are for later names. */
    long seek(int wanted) {
        for (; index < wanted; index++) {
            var length = table.length(index, section);
            offset += length == 0 ? 0 : length + gap;
        }
        return offset;
    }
}
