/**
 * Which trust metadata a channel has, who signs it, and when it ends.
 *
 * <p>Each channel has one sequence of roots, which serves both views, and for each view a key_mgr file of its own that
 * delegates to that view's package key only: a record signed for libmamba covers fewer fields and must never count for
 * conda. libmamba also wants a pkg_mgr file, signed by its package key. key_mgr and package keys are online, one file
 * each in the keys folder; the root's seed is written once to {@code root-key-take-offline} and forgotten, and nothing
 * here opens that file again. Every version of every file is kept; versions rise by one. Files are renewed at half of
 * their life by a job. Start at {@link dev.bulla.channel.metadata.ChannelMetadata}.
 *
 * <p>A key file, as {@link dev.bulla.channel.metadata.KeyFile} writes and reads it:
 *
 * <pre>
 * # Bulla root key: whoever has it decides whom this channel's users trust.
 * bulla-key: 1
 * purpose: root
 * channel: main
 * public: 64 hexadecimal characters
 * seed: 64 hexadecimal characters
 * </pre>
 */
@NullMarked
package dev.bulla.channel.metadata;

import org.jspecify.annotations.NullMarked;
