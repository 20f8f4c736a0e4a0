package dev.bulla.client.fetch;

import org.jspecify.annotations.Nullable;

/**
 * What a server says about a file.
 *
 * @param lengthBytes -1 when it does not say
 * @param etag as sent, with its quotes; {@code null} when there is none
 */
public record Head(long lengthBytes, @Nullable String etag) {}
