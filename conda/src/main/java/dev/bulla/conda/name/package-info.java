/**
 * The names of the conda world, as CEP 26 limits them: a value that exists obeys its rule.
 *
 * <p>Each type has {@code parse(String)}, which throws a problem {@code name_invalid} that says what was found and what
 * is allowed, and {@code text()}, the name as it was given. {@link dev.bulla.conda.name.ArchiveName} is where to start:
 * {@code zlib-1.3.1-h_0.conda} is a package name, a version, a build string and an archive type. Names that Bulla's
 * own URLs use are not free for channels and subdirs.
 */
@NullMarked
package dev.bulla.conda.name;

import org.jspecify.annotations.NullMarked;
