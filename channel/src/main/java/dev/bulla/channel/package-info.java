/**
 * What may happen to a package in a channel, and the durable record that it did.
 *
 * <p>{@link dev.bulla.channel.Channels} is one data folder, {@link dev.bulla.channel.Channel} one channel in it; both
 * know nothing of HTTP. Rule: a state change, its journal row and the jobs it causes are committed in one transaction;
 * index files and everything else that is derived can be deleted and are made again. Bytes under a name never change.
 * Read {@code publish.PublishPipeline} next: received, staged, checked, promoted, indexed.
 */
@NullMarked
package dev.bulla.channel;

import org.jspecify.annotations.NullMarked;
