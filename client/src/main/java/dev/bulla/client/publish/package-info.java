/**
 * Brings package files into a channel and proves that they are there.
 *
 * <p>Each file goes through the same steps: it is read and checked here; if the channel has the same bytes already, it is
 * not sent again; else it is uploaded ({@code POST /api/v1/upload/CHANNEL}, the server compares the SHA-256); it is read
 * back whole and compared; and its signed record is verified, as soon as the index lists it, for which a server may take
 * some seconds. Only after the last step is it {@code Published}. A file
 * that fails does not stop the others, and running the same command again goes on where it ended.
 *
 * <p>Start at {@link dev.bulla.client.publish.Publisher}.
 */
@NullMarked
package dev.bulla.client.publish;

import org.jspecify.annotations.NullMarked;
