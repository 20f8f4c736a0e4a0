/**
 * What the command line says, and how it ends.
 *
 * <p>The result goes to standard output, everything else to standard error. With {@code --json} the result is one JSON
 * document on standard output, and so is a refusal: {@code {"error": {"code", "detail", "meaning", "cure"}}}. Colour
 * and moving bars appear on a terminal only and never carry meaning alone. {@link dev.bulla.cli.output.Exit} is the
 * table of exit codes.
 */
@NullMarked
package dev.bulla.cli.output;

import org.jspecify.annotations.NullMarked;
