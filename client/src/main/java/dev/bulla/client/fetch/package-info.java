/**
 * The one door out: everything the client reads from or sends to a channel passes through here.
 *
 * <p>Rules: every body has a limit of size, every wait a limit of time, every transfer a least rate. At most one
 * redirect, and never to another host. Requests that may be repeated are, a bounded number of times, when the network or
 * the server fails; nothing else is. Only 404 and 410 mean "it is not there"; all other answers are problems of kind
 * {@code UNKNOWN}: an outage never counts as "not trusted" and never as "absent". Tokens go only to the host they were
 * given for and are never shown.
 *
 * <p>Start at {@link dev.bulla.client.fetch.Fetcher}; {@link dev.bulla.client.fetch.ChannelUrl} is where a channel is:
 * {@code http(s)://host[/t/TOKEN]/channel}, or a folder that holds the same files.
 */
@NullMarked
package dev.bulla.client.fetch;

import org.jspecify.annotations.NullMarked;
