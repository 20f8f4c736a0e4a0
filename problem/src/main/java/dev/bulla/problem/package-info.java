/**
 * The reasons Bulla gives when it refuses, fails or cannot tell.
 *
 * <p>{@link dev.bulla.problem.Code} is the one table: the API's problem documents, the command line's exit codes,
 * {@code bulla explain} and {@code docs/reference/codes.md} are all made from it. A code, once released, keeps its name
 * and meaning. A {@link dev.bulla.problem.Problem} is one occurrence: a code and a sentence that says what, which and
 * expected, safe to show to whoever asked.
 */
@NullMarked
package dev.bulla.problem;

import org.jspecify.annotations.NullMarked;
