/**
 * Files that are about a whole channel as a label shows it: {@code channeldata.json} (CEP 38), one entry a package name,
 * and {@code rss.xml}, what came last.
 *
 * <p>They are made when they are asked for and something was changed since: nobody pays for what nobody reads. {@code
 * channeldata.json} is made from the one before, of which only the names that were changed are replaced; after one that
 * took more than a second nothing newer is made for ten times as long. What a package says of itself is taken from its
 * newest version in the order of conda's solvers. Start at {@link dev.bulla.channel.summary.Summaries}.
 */
@NullMarked
package dev.bulla.channel.summary;

import org.jspecify.annotations.NullMarked;
