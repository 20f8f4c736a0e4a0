/**
 * Sharded repodata (CEP 16): one small file for each package name, and an index of their digests.
 *
 * <p>A {@link dev.bulla.conda.shards.Shard} is one zstd frame of the MessagePack map {@code {"packages":{…},
 * "packages.conda":{"zlib-1.3-0.conda":{"build":"0",…}},"removed":[]}}; its file is named by its SHA-256. A {@link
 * dev.bulla.conda.shards.ShardIndex} is one of {@code {"info":{"base_url":"","created_at":"…","shards_base_url":
 * "./shards/","subdir":"noarch"},"shards":{"zlib":<32 bytes>},"version":1}}; a {@link dev.bulla.conda.shards.ShardMap}
 * is its middle. Digests in records are written as bytes, not as text; names are sorted; every header is the shortest
 * one; level 3, with the content size, without a checksum: equal input gives equal bytes, which is what lets clients
 * keep a shard.
 *
 * <p>What is read may come from a channel that lies. Sizes, counts and depth are bounded ({@link
 * dev.bulla.conda.shards.ShardLimits}) and names are unique before anything is believed; bytes stand for text only where
 * a digest belongs; one frame, no extension types, nothing behind the end. All else is {@code repodata_invalid}. Whether
 * a record is signed is not told here.
 */
@NullMarked
package dev.bulla.conda.shards;

import org.jspecify.annotations.NullMarked;
