/**
 * Whether a data folder still is what it was made to be: {@code bulla fsck}.
 *
 * <p>It works alone in the folder and believes nothing in it. The database is asked whether it contradicts itself; the
 * journal has no gap, and a promotion for every artifact; trust files verify as clients verify them, and so does every
 * record in both views; stored bytes have the SHA-256 that they are named by, and artifacts name them; every index file is
 * made once more from the store, from nothing, and compared. Memory does not grow with the channel. What is found is a
 * {@link dev.bulla.channel.fsck.Finding}: a note that needs nobody, something derived that can be made again, or damage
 * that only a backup heals. Nothing is changed but by {@link dev.bulla.channel.fsck.Fsck#repair}, which removes derived
 * files only. Start at {@link dev.bulla.channel.fsck.Fsck}.
 */
@NullMarked
package dev.bulla.channel.fsck;

import org.jspecify.annotations.NullMarked;
