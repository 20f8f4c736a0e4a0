/**
 * Corrections to the records of a subdir: patch instructions as the channel's owner sent them.
 *
 * <p>They hold from one journal position on for every record of the subdir, those that come later too. What they change
 * is changed before it is signed, so that clients verify what they are shown; what it was before is kept, for {@code
 * repodata_from_packages.json} and for other instructions, which replace the former ones as a whole: the catalog is always
 * what it were had the present instructions come first. Start at {@link dev.bulla.channel.patch.Patches}.
 */
@NullMarked
package dev.bulla.channel.patch;

import org.jspecify.annotations.NullMarked;
