/**
 * Writes a channel of a server into a folder that any static host can serve, byte for byte as the server serves it.
 *
 * <p>The folder has the same tree as the channel's address: each subdir with every index form and the artifacts that it
 * lists, the same below {@code libmamba/} (artifacts there are hard links where the disk has such), the trust files and
 * what is said about the whole channel. All of it is one state of the channel: the lists are fetched, held against each
 * other, then the artifacts, and when a list has changed meanwhile, all is looked at again.
 *
 * <p>Nothing outside the folder is written, whatever the server answers: each name is parsed before it becomes a path.
 * Each file is written aside, flushed and renamed; index files after the artifacts that they list, so that a run that was
 * cut short goes on where it ended. Signatures are not checked here: {@code bulla verify} checks those of the folder.
 *
 * <p>Start at {@link dev.bulla.client.exports.ChannelExport}.
 */
@NullMarked
package dev.bulla.client.exports;

import org.jspecify.annotations.NullMarked;
