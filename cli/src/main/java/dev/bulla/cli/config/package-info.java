/**
 * What is configured, and where each value comes from.
 *
 * <p>{@link dev.bulla.cli.config.Key} is the one table of keys and defaults. A value comes from the first of: a flag;
 * the environment ({@code BULLA_} and the key in capitals, {@code -} as {@code _}); the file named by {@code --config}
 * or {@code BULLA_CONFIG}; without such a name, {@code $XDG_CONFIG_HOME/bulla/config.toml} and then
 * {@code /etc/bulla/config.toml}; the default. A secret may instead stand in a file: {@code token-file} for
 * {@code token}. Files are flat TOML; an unknown key is an error. No file of the current folder is read unasked: who
 * may write there must not choose the server that gets a token.
 */
@NullMarked
package dev.bulla.cli.config;

import org.jspecify.annotations.NullMarked;
