/**
 * What conda clients GET: index files, artifacts and trust metadata, by the rules of HTTP for caches and resumed
 * downloads (RFC 9110, sections 8.8, 13 and 14).
 *
 * <p>Each URL has one representation with its own strong ETag; compressed files carry no {@code Content-Encoding}. Only
 * an index in JSON has up to three, plain, gzip and zstd, each with its own ETag and its own ranges.
 * Preconditions are looked at in the order of section 13.2.2: what a client sends as ETag always wins over what it
 * sends as date. One range is served as 206; of several, as the RFC allows, the whole file. Reading a public channel
 * needs no credential and looks at none. Start with {@link dev.bulla.server.files.ChannelFiles}.
 */
@NullMarked
package dev.bulla.server.files;

import org.jspecify.annotations.NullMarked;
