/**
 * Reads sharded repodata (CEP 16) as it comes from a channel that may lie.
 *
 * <p>{@code repodata_shards.msgpack.zst} is a MessagePack map, compressed with Zstandard: {@code info} with {@code subdir},
 * {@code base_url} and {@code shards_base_url}, and {@code shards}, package name to the 32 bytes of a SHA-256. Under that
 * digest, in hex, stands the compressed shard of the name: {@code packages} and {@code packages.conda}, file name to
 * record, and the list {@code removed}. In a record {@code sha256}, {@code md5} and {@code legacy_bz2_md5} are bytes or hex.
 *
 * <p>Rules: sizes, counts and depth are bounded, and names are unique, before anything is believed; bytes stand for hex
 * only where a digest belongs, and numbers are integers, so that a record can be compared member by member with its
 * signed form. Everything else is {@code metadata_malformed}. Nothing here says that a record is signed: that is for
 * {@code verify}. Start at {@link dev.bulla.client.shards.ShardIndexFile} and {@link dev.bulla.client.shards.ShardFile}.
 */
@NullMarked
package dev.bulla.client.shards;

import org.jspecify.annotations.NullMarked;
