package dev.bulla.channel.publish;

/**
 * The space on the data folder's disk.
 *
 * @param freeBytes what is free
 * @param reserveBytes what must stay free
 */
public record Space(long freeBytes, long reserveBytes) {
    /** Whether the disk has its reserve, so that uploads are taken. */
    public boolean takesUploads() {
        return freeBytes >= reserveBytes;
    }
}
