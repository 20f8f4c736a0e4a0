/**
 * One class per command.
 *
 * <p>A command parses, calls one thing below and shows what came of it. {@link dev.bulla.cli.commands.Commands} is the
 * table of all commands and the place where exceptions become exit codes; {@link dev.bulla.cli.commands.BullaCommand}
 * holds the options that every command takes. Only the command that the first word names is set up, since setting up all
 * of them would take longer than most of them run.
 */
@NullMarked
package dev.bulla.cli.commands;

import org.jspecify.annotations.NullMarked;
