/**
 * Corrections to records that are already published, without building the packages anew.
 *
 * <p>{@link dev.bulla.conda.patch.PatchInstructions} version 1 are {@code {"packages":{"a-1-0.tar.bz2":{"depends":["b
 * <2"]}},"packages.conda":{},"remove":["a-0-0.tar.bz2"],"revoke":[]}}: members of a record are set, or taken away by
 * null; a removed file leaves the maps; a revoked one stays and can never be installed. Only members that say what a
 * package needs or what it may be used for can change: never its name, its digests, or when it was listed.
 */
@NullMarked
package dev.bulla.conda.patch;

import org.jspecify.annotations.NullMarked;
