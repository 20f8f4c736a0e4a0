package dev.bulla.channel.catalog;

import java.time.Instant;

/**
 * That an artifact is left out of the indexes.
 *
 * @param at since when
 * @param reason why, in the words of whoever did it
 */
public record Yank(Instant at, String reason) {}
