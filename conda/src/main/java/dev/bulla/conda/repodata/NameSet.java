package dev.bulla.conda.repodata;

/**
 * Tells names that were seen from new ones by 64 bits of hash, so that millions fit into a few megabytes. Of a million
 * different names, two are taken for the same once in 37 million files. Not safe to share between threads.
 */
final class NameSet {
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private long[] slots = new long[64];
    private int size;

    /** Whether the name is new; it is seen from now on. */
    boolean add(String name) {
        if (2 * size >= slots.length) {
            grow();
        }
        if (!put(hash(name))) {
            return false;
        }
        size++;
        return true;
    }

    int size() {
        return size;
    }

    private void grow() {
        var old = slots;
        slots = new long[2 * old.length];
        for (var hash : old) {
            if (hash != 0) {
                put(hash);
            }
        }
    }

    private boolean put(long hash) {
        var mask = slots.length - 1;
        var slot = (int) (hash >>> 32) & mask;
        while (slots[slot] != 0) {
            if (slots[slot] == hash) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[slot] = hash;
        return true;
    }

    /** Never 0, which marks a free slot. */
    private static long hash(String name) {
        var hash = MULTIPLIER;
        for (var i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        return hash == 0 ? 1 : hash;
    }
}
