/**
 * Credentials. A token is {@code bulla-}, 30 random base62 characters and 6 that check the rest, for example
 * {@code bulla-ABCDEFGHIJKLMNOPQRSTUVWXYZabcd} + 6: the check is the CRC-32 (IEEE) of all before it, in base62 with the
 * alphabet {@code 0-9A-Za-z}, padded with {@code 0}, so that a torn or mistyped token is told apart from an unknown one
 * without any look-up.
 *
 * <p>The secret is shown once, to whoever it was made for. Stored is its HMAC-SHA-256 under a key that is not in the
 * database, so that a copy of the database holds nothing to log in with. Every use looks the row up: a revoked token
 * ends at once. Start at {@link dev.bulla.channel.token.Tokens}.
 */
@NullMarked
package dev.bulla.channel.token;

import org.jspecify.annotations.NullMarked;
