package dev.bulla.trust.json;

/**
 * How much JSON is read before it is refused. The tree takes at most a few hundred bytes of memory for each value, and
 * two for each byte of text, so these limits bound it.
 *
 * @param maxBytes the length of the text
 * @param maxDepth how deep arrays and objects nest, at most {@value #DEEPEST}
 * @param maxValues how many values of any kind there are
 * @param duplicates what happens when an object has two members of one name
 */
public record JsonLimits(int maxBytes, int maxDepth, int maxValues, Duplicates duplicates) {
    /** The deepest nesting that the reader and the writers can be asked to follow. */
    public static final int DEEPEST = 512;

    /** For one metadata file: root, key_mgr, pkg_mgr. */
    public static final JsonLimits METADATA = new JsonLimits(1 << 20, 16, 1 << 16, Duplicates.REFUSED);

    /** For one package record, or the signatures of one. */
    public static final JsonLimits RECORD = new JsonLimits(1 << 20, 32, 1 << 16, Duplicates.REFUSED);

    /** Two members of one name. */
    public enum Duplicates {
        /** They are an error: two readers could believe two different things. */
        REFUSED,
        /** The last one counts, as Python and most libraries read it. Never for anything that is to be trusted. */
        LAST_ONE_WINS
    }

    /** Checks the ranges. */
    public JsonLimits {
        if (maxBytes < 1 || maxValues < 1 || maxDepth < 1 || maxDepth > DEEPEST) {
            throw new IllegalArgumentException("limits out of range: " + maxBytes + ", " + maxDepth + ", " + maxValues);
        }
    }

    /** These limits for texts of up to so many bytes. */
    public JsonLimits withMaxBytes(int bytes) {
        return new JsonLimits(bytes, maxDepth, maxValues, duplicates);
    }
}
