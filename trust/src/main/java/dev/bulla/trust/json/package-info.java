/**
 * JSON as signed documents need it: nothing lost when read, one exact byte form when signed.
 *
 * <p>{@link dev.bulla.trust.json.Json} is the sealed tree; a number keeps its text, because {@code 5747} and
 * {@code 5747.0} are signed differently. {@link dev.bulla.trust.json.Json#parse} is strict (RFC 8259 and nothing more,
 * names unique, bytes valid UTF-8) and bounded by {@link dev.bulla.trust.json.JsonLimits}.
 * {@link dev.bulla.trust.json.Dialect} gives the canonical bytes: {@code {"b":1,"a":"é"}} is signed by conda as
 *
 * <pre>{@code
 * {
 *   "a": "\u00e9",
 *   "b": 1
 * }
 * }</pre>
 *
 * without a newline at the end, and by libmamba with the é as its two UTF-8 bytes. See {@code
 * docs/spec/content-trust.md}.
 */
@NullMarked
package dev.bulla.trust.json;

import org.jspecify.annotations.NullMarked;
