/**
 * The journal: one row for each change of state, written by the transaction that makes the change.
 *
 * <p>Positions start at 1, have no gaps and are in commit order. The head is raised as late in the transaction as can
 * be, because it orders all writers. Whatever is derived from the state (an index, a signature) names the position up
 * to which it is true. Start at {@link dev.bulla.channel.ledger.Journal}.
 */
@NullMarked
package dev.bulla.channel.ledger;

import org.jspecify.annotations.NullMarked;
