package dev.bulla.channel.imports;

/**
 * How much is taken, and how much of it at once.
 *
 * @param fileBytes the largest file
 * @param diskReserveBytes what must stay free on the disk
 * @param batchFiles how many files become durable together at most
 * @param batchBytes and after how many bytes
 */
public record ImportLimits(long fileBytes, long diskReserveBytes, int batchFiles, long batchBytes) {
    /** With 1,000 files or 64 MiB in a batch. */
    public static ImportLimits of(long fileBytes, long diskReserveBytes) {
        return new ImportLimits(fileBytes, diskReserveBytes, 1000, 64L << 20);
    }
}
