/**
 * Verify, then use: whole channels, and files against a channel.
 *
 * <p>Rules: first {@link dev.bulla.client.update.Updater} says which keys count; then every record of an index is held
 * against its signatures as it stands in the file that clients read, under each view that was asked for. A record counts
 * when it is signed, is of its file name and subdir, and is the same in all views. Shards must hold the same records, all
 * of them and no other; since an index may be some seconds older than its shards, what differs is looked at again until
 * {@link dev.bulla.client.fetch.Patience} ends. Another file that clients would take records from must not be there. An artifact counts when its size and
 * SHA-256 are those of such a record. What was checked is in the verdict: a {@link
 * dev.bulla.client.verify.Verdict.Verified} with its evidence, or a {@link dev.bulla.client.verify.Verdict.Failed} with
 * the problem. Problems that leave open whether something can be trusted are thrown, never turned into a verdict.
 *
 * <p>Start at {@link dev.bulla.client.verify.ChannelVerifier}. Signatures stand at the end of an index, after the records;
 * an index is therefore copied to a temporary file and read twice. Memory: about 700 bytes for each package of a subdir,
 * 1,000 where it has shards, whose own number and size do not matter.
 */
@NullMarked
package dev.bulla.client.verify;

import org.jspecify.annotations.NullMarked;
