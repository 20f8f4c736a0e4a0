/**
 * From the records of a subdir to its files: {@code repodata.json} (CEP 36) and {@code repodata.json.zst}.
 *
 * <p>{@link dev.bulla.conda.index.SubdirIndexer} takes the records in order, one by one, and writes each file once; the
 * same records give the same bytes, whatever the machine. The zstd file is one frame at level 3 that carries its content
 * size and no checksum, which every client reads. Nothing here knows what a signature means: its bytes are passed on.
 */
@NullMarked
package dev.bulla.conda.index;

import org.jspecify.annotations.NullMarked;
