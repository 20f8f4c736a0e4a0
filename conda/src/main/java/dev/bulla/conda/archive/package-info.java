/**
 * Packages read as hostile input: whoever built one may have wanted to harm whoever unpacks it.
 *
 * <p>{@link dev.bulla.conda.archive.PackageArchive} is where to start. It accepts a {@code .conda} or {@code .tar.bz2}
 * archive (CEP 35) only if every reader of the format must see the same members in it, every member stays inside the
 * prefix, {@code info/index.json} fits the file name, and {@code info/paths.json} tells the truth about each file of
 * the payload (CEP 34). A broken container is refused at once; what its metadata gets wrong is collected, so that one
 * {@link dev.bulla.conda.archive.ArchiveException} names it all. Reading streams: memory grows with the number of
 * members, which is {@link dev.bulla.conda.archive.ArchiveLimits limited}, never with their size.
 */
@NullMarked
package dev.bulla.conda.archive;

import org.jspecify.annotations.NullMarked;
