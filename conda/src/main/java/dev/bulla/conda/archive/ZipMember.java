package dev.bulla.conda.archive;

/**
 * A stored member of a ZIP archive, as both of its headers agree.
 *
 * @param name as it stands there, printable ASCII
 * @param headerOffset of its local header in the file
 * @param offset of its content in the file
 * @param sizeBytes of its content
 * @param crc the CRC-32 that the content must have
 */
record ZipMember(String name, long headerOffset, long offset, long sizeBytes, long crc) {
    long end() {
        return offset + sizeBytes;
    }
}
