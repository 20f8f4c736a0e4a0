package dev.bulla.conda.json;

import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * How much JSON is read before it is refused.
 *
 * @param lengthBytes of the whole text
 * @param depth of arrays and objects within each other
 */
public record JsonBounds(int lengthBytes, int depth) {
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 4096;

    /** Small metadata files and records: 1 MiB, 32 deep. */
    public static final JsonBounds SMALL = new JsonBounds(1 << 20, 32);

    StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(MAX_NUMBER_LENGTH)
                .maxNameLength(MAX_NAME_LENGTH)
                .maxStringLength(lengthBytes)
                .maxDocumentLength(lengthBytes)
                .build();
    }
}
