/**
 * Ed25519 keys and signatures (RFC 8032), as strict as the strictest client.
 *
 * <p>A {@link dev.bulla.trust.keys.PublicKey} is 32 bytes, written as 64 lower-case hex digits, and is its own key id;
 * a {@link dev.bulla.trust.keys.Signature} is 64 bytes. {@link dev.bulla.trust.keys.Ed25519} checks encodings itself
 * and leaves the arithmetic to a provider: Amazon's ACCP where it is on the class path and passes a self-test, the
 * JDK's own otherwise. A key that verified 64 signatures goes on with {@link dev.bulla.trust.curve}, which passes the
 * same self-test and accepts the same set. A {@link dev.bulla.trust.keys.Signer} signs; {@link
 * dev.bulla.trust.keys.SigningKey} is the one that holds its seed in memory, and gives it away through {@code
 * seedHex()} only.
 */
@NullMarked
package dev.bulla.trust.keys;

import org.jspecify.annotations.NullMarked;
