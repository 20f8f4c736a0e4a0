/**
 * Verifying many Ed25519 signatures under one key (RFC 8032 §5.1), in plain Java.
 *
 * <p>{@link dev.bulla.trust.curve.KnownKey} is the only door: [S]B − [k]A by two tables of multiples, 64 additions and
 * no doubling, then one inversion to compare with the bytes of R. It is fast because everything hard was done once for
 * the key. {@code FieldElement} counts mod 2^255 − 19, {@code Point} adds, {@code Multiples} is a table, {@code Scalar}
 * counts mod the order L.
 *
 * <p>It sees public data only and takes the time that the data asks for: never sign with it. It does not check the
 * encodings of R and S; {@link dev.bulla.trust.keys.Ed25519} does, before.
 */
@NullMarked
package dev.bulla.trust.curve;

import org.jspecify.annotations.NullMarked;
