/**
 * What is in the channels: channels, their subdirs, their artifacts with the signed records.
 *
 * <p>A file name is in a subdir once and for ever. The record's JSON and its signatures, one set for each dialect, are
 * stored as they are served, so that making an index signs nothing. What has an index of its own is a unit: a subdir as
 * one label shows it; a label that a channel has at all has one, perhaps empty, in each of its subdirs. {@code
 * changedPosition} of a unit is the journal position of the last change that its index must show, that of an artifact
 * the last change of its own. A yanked artifact stays, with its labels, but no index lists it. Start at {@link dev.bulla.channel.catalog.Catalog}; every method
 * works in its caller's transaction.
 */
@NullMarked
package dev.bulla.channel.catalog;

import org.jspecify.annotations.NullMarked;
