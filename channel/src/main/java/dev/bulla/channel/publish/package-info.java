/**
 * From received bytes to a public artifact: received, staged, checked, promoted.
 *
 * <p>Bytes stream to a file while they are hashed; limits and announced digests are enforced before anything is
 * recorded. Staged bytes have a row and their address. The checks read the archive; one that fails or crashes refuses,
 * it never passes. Promotion is one transaction: artifact with its label, submission, journal row. Same name and same bytes: it is
 * there already. Same name and other bytes: a conflict, always. Start at {@link
 * dev.bulla.channel.publish.PublishPipeline}.
 */
@NullMarked
package dev.bulla.channel.publish;

import org.jspecify.annotations.NullMarked;
