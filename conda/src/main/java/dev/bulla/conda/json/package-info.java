/**
 * Strict, bounded JSON for conda's small files; no tree, no data binding.
 *
 * <p>{@link dev.bulla.conda.json.JsonMembers} holds an object as a map from member name to the member's value as
 * compact text: {@code {"b":[1, 2],"a":1.50}} is {@code a → 1.50}, {@code b → [1,2]}. Numbers keep the text they came
 * with; names are unique and sorted by code point at every depth; strings must be valid Unicode. So equal values have
 * equal bytes, which signatures need. Whatever is not RFC 8259, or is over a {@link dev.bulla.conda.json.JsonBounds
 * bound}, is an {@link dev.bulla.conda.json.InvalidJsonException}; who reads a file turns that into a problem that
 * names the file.
 */
@NullMarked
package dev.bulla.conda.json;

import org.jspecify.annotations.NullMarked;
