/**
 * The command line: arguments in, result on standard output, talk on standard error, one of four exit codes.
 *
 * <p>{@link dev.bulla.cli.Main} is where time, randomness and the environment enter Bulla; everything below gets them
 * handed in. There is one class per command in {@code commands}, what holds and where it comes from in {@code config},
 * text, JSON and exit codes in {@code output}. No rule about packages or trust lives here.
 */
@NullMarked
package dev.bulla.cli;

import org.jspecify.annotations.NullMarked;
