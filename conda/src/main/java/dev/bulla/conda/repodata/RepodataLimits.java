package dev.bulla.conda.repodata;

/**
 * How much of an index is read before it is refused.
 *
 * @param totalBytes of the whole file
 * @param records in each map
 * @param recordBytes of one record, or of one file's signatures
 * @param memberBytes of any other member
 */
public record RepodataLimits(long totalBytes, int records, int recordBytes, int memberBytes) {
    private static final int MAX_INT_LIMIT = 1 << 29;

    /** Some ten times the largest index known: 8 GiB, 5 million records a map, 1 MiB a record, 16 MiB other members. */
    public static final RepodataLimits DEFAULT = new RepodataLimits(8L << 30, 5_000_000, 1 << 20, 16 << 20);

    /** Each is positive; those that are an int are at most 2^29. */
    public RepodataLimits {
        if (totalBytes < 1 || records < 1 || recordBytes < 1 || memberBytes < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
        if (records > MAX_INT_LIMIT || recordBytes > MAX_INT_LIMIT || memberBytes > MAX_INT_LIMIT) {
            throw new IllegalArgumentException("a limit over 2^29");
        }
    }
}
