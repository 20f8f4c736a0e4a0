/**
 * From the records of a subdir to its files: {@code repodata.json} (CEP 36) and {@code repodata.json.zst}, and the other
 * documents that list packages.
 *
 * <p>A document is text around sections, a section is blocks joined by commas, a block is all that the section says
 * about one package name. Blocks stand in the order of the names, entries in a block in that of the file names.
 * {@link dev.bulla.conda.index.RepodataSplicer} and its kin copy the blocks of names that did not change from the
 * document before ({@link dev.bulla.conda.index.SplicedIndex}), and hold each against its CRC-32C; the bytes are those of
 * a document written from nothing, whatever the steps and the machine. A zstd file is one frame that carries its content
 * size and no checksum, which every client reads. Nothing here knows what a signature means: its bytes are passed on.
 */
@NullMarked
package dev.bulla.conda.index;

import org.jspecify.annotations.NullMarked;
