/**
 * What this machine believes about a channel, kept on disk, and how it is brought up to date.
 *
 * <p>Rules: trust starts at one pinned root, known by its SHA-256. Everything kept is checked again from that pin each
 * time it is loaded; the disk is not believed. Roots are taken one after the other until the server says 404 for the
 * next; any other failure means "could not tell", not "no more". Nothing older than what was seen is accepted. One process
 * at a time per channel. Files change in one step and are on disk before they count.
 *
 * <p>A channel's folder: {@code pin} (64 hex digits), {@code N.root.json} from the pinned one on,
 * {@code conda/key_mgr.json}, {@code libmamba/key_mgr.json}, {@code libmamba/pkg_mgr.json}, {@code lock}.
 */
@NullMarked
package dev.bulla.client.update;

import org.jspecify.annotations.NullMarked;
