/**
 * Artifacts that come in bulk from another channel: received, looked into, promoted by the hundred.
 *
 * <p>Every byte is hashed and every record is made and signed here; only what a package says about itself is read before it
 * is public. Files become durable together, then one transaction makes them public, each with its journal entry; the row
 * of their batch names what may lie in the store meanwhile, so that a crash leaves nothing behind. The shards are made
 * once, at the end. The rest of an upload's checks runs as a job: an artifact whose payload fails is yanked, since it
 * would never have been taken as an upload. Same names and same bytes are there already, other bytes are refused. Start at
 * {@link dev.bulla.channel.imports.Importer}.
 */
@NullMarked
package dev.bulla.channel.imports;

import org.jspecify.annotations.NullMarked;
