/**
 * Brings all packages of another channel, a folder or an address, into a channel of a server.
 *
 * <p>What counts are the files. Names that the server has are compared by hash and not sent again, so that a run that
 * was cut short goes on where it ended; the others go out as tar streams of some thousand files ({@code POST
 * /api/v1/channels/CHANNEL/import}), two at a time. A folder is read as it is; of an address the index says which files there are,
 * each is downloaded and must have the SHA-256 that the index gives it. Afterwards an index that was found is compared with
 * the records that the server made and shows in its shards; differences are told, nothing follows from them.
 *
 * <p>Start at {@link dev.bulla.client.imports.ChannelImport}.
 */
@NullMarked
package dev.bulla.client.imports;

import org.jspecify.annotations.NullMarked;
