/**
 * What is in the channels: channels, their subdirs, their artifacts with the signed records.
 *
 * <p>A file name is in a subdir once and for ever. The record's JSON and its signatures, one set for each dialect, are
 * stored as they are served, so that making an index signs nothing. {@code changedPosition} of a subdir is the journal
 * position of the last change that its index must show. Start at {@link dev.bulla.channel.catalog.Catalog}; every method
 * works in its caller's transaction.
 */
@NullMarked
package dev.bulla.channel.catalog;

import org.jspecify.annotations.NullMarked;
