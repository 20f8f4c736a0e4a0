/**
 * Settings of conda and mamba that make them verify a channel, and the proof that they do.
 *
 * <p>Rules: a plan is made first ({@link dev.bulla.client.setup.Plan}) and then applied; each file changes in one step.
 * Settings of others stay byte for byte; where ours contradict them, nothing is changed and SETUP_CONFLICT says which
 * line is in the way. What is added can be told from the rest: settings stand in one marked block at the end of the file,
 * an entry put into a list that was there carries a mark on its line. Removing takes out exactly that. Doing it twice
 * changes nothing.
 *
 * <p>conda: {@code PREFIX/etc/conda/1.root.json} and {@code PREFIX/.condarc}. mamba:
 * {@code ROOT/etc/trusted-repos/ID/root.json} and {@code ROOT/.mambarc}, where ID is the first 8 hex digits of the MD5 of
 * the {@code /libmamba/} URL; a mamba that verifies never gets the channel's plain URL.
 */
@NullMarked
package dev.bulla.client.setup;

import org.jspecify.annotations.NullMarked;
