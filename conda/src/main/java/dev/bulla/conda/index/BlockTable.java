package dev.bulla.conda.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long the blocks of each name are, and their CRC-32C; names ascend and are there once. A block is the entries of
 * one name in one section, joined by commas; a length of 0 says that the name has none there. Grows at its end.
 */
final class BlockTable {
    private final int sections;
    private final List<String> names = new ArrayList<>();
    private int[] lengths = new int[64];
    private int[] checks = new int[64];

    BlockTable(int sections) {
        this.sections = sections;
    }

    /** Adds a name, which comes after all others, without blocks. */
    void add(String name) {
        if (!names.isEmpty() && names.getLast().compareTo(name) >= 0) {
            throw new IllegalArgumentException(name + " does not come after " + names.getLast());
        }
        var needed = (names.size() + 1) * sections;
        if (needed > lengths.length) {
            lengths = Arrays.copyOf(lengths, Math.max(needed, 2 * lengths.length));
            checks = Arrays.copyOf(checks, lengths.length);
        }
        names.add(name);
    }

    /** Says what the last name's block is. */
    void set(int section, int length, int check) {
        lengths[at(names.size() - 1, section)] = length;
        checks[at(names.size() - 1, section)] = check;
    }

    /** Adds a name with its blocks from another table. */
    void add(BlockTable other, int index) {
        add(other.name(index));
        for (var section = 0; section < sections; section++) {
            set(section, other.length(index, section), other.check(index, section));
        }
    }

    int sections() {
        return sections;
    }

    int size() {
        return names.size();
    }

    String name(int index) {
        return names.get(index);
    }

    int length(int index, int section) {
        return lengths[at(index, section)];
    }

    int check(int index, int section) {
        return checks[at(index, section)];
    }

    /** Whether the name has no block at all. */
    boolean isEmpty(int index) {
        for (var section = 0; section < sections; section++) {
            if (length(index, section) > 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of all blocks of a section with the commas between them. */
    long sectionBytes(int section) {
        var bytes = 0L;
        for (var index = 0; index < size(); index++) {
            var length = length(index, section);
            bytes += length == 0 ? 0 : length + (bytes == 0 ? 0 : 1);
        }
        return bytes;
    }

    private int at(int index, int section) {
        return index * sections + section;
    }
}
