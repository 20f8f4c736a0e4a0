package dev.bulla.trust.contenttrust;

import dev.bulla.trust.keys.PublicKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;

/**
 * As much of OpenPGP (RFC 4880 §5.2.3, §5.2.4, §12.2) as a version 4 EdDSA signature of a document needs, made from a
 * bare key. The header is the hashed part of the signature packet, 35 bytes:
 *
 * <pre>
 * 04 00 16 08        version 4, binary document, EdDSA (22), SHA-256 (8)
 * 001d               29 bytes of hashed subpackets:
 * 16 21 04 F×20      issuer fingerprint (33), of a version 4 key
 * 05 02 T×4          signature creation time (2), seconds since 1970
 * </pre>
 *
 * Clients hash the header and do not read it; it is well-formed so that people can read it with their OpenPGP tools.
 */
final class OpenPgp {
    /** The length of the header in bytes. */
    static final int HEADER_LENGTH = 35;

    /** Version 4, binary document, EdDSA, SHA-256, length of the subpackets, and the head of the first one. */
    private static final byte[] HEADER_START = HexFormat.of().parseHex("04001608" + "001d" + "162104");

    private static final byte[] TIME_SUBPACKET = HexFormat.of().parseHex("0502");

    /** 0x99, length 51, version 4. */
    private static final byte[] KEY_START = HexFormat.of().parseHex("99" + "0033" + "04");

    /**
     * EdDSA, the curve's object id 1.3.6.1.4.1.11591.15.1 with its length, an integer of 263 bits whose top byte is
     * 0x40.
     */
    private static final byte[] KEY_CURVE = HexFormat.of().parseHex("16" + "092b06010401da470f01" + "0107" + "40");

    private static final long MAX_TIME = 0xFFFF_FFFFL;

    private OpenPgp() {}

    /**
     * The header of a signature made by this key now.
     *
     * @throws IllegalArgumentException when the time is before 1970 or after 2106
     */
    static byte[] header(PublicKey key, Instant signedAt) {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put(HEADER_START)
                .put(fingerprint(key))
                .put(TIME_SUBPACKET)
                .putInt(time(signedAt))
                .array();
    }

    /**
     * The version 4 fingerprint: SHA-1 of the public key packet. A bare key has no creation time; the packet says 0, so
     * that the fingerprint is a function of the key.
     */
    static byte[] fingerprint(PublicKey key) {
        var packet = ByteBuffer.allocate(KEY_START.length + 4 + KEY_CURVE.length + PublicKey.LENGTH)
                .put(KEY_START)
                .putInt(0)
                .put(KEY_CURVE)
                .put(key.bytes());
        return Digests.sha1().digest(packet.array());
    }

    /**
     * What an OpenPGP signature of these bytes signs: SHA-256 of the bytes, the header, 04 FF and the header's length.
     */
    static byte[] digest(byte[] canonical, byte[] header) {
        var sha256 = Digests.sha256();
        sha256.update(canonical);
        sha256.update(header);
        sha256.update(new byte[] {4, (byte) 0xFF});
        return sha256.digest(ByteBuffer.allocate(4).putInt(header.length).array());
    }

    private static int time(Instant instant) {
        var seconds = instant.getEpochSecond();
        if (seconds < 0 || seconds > MAX_TIME) {
            throw new IllegalArgumentException(instant + " does not fit 32 bits of seconds since 1970");
        }
        return (int) seconds;
    }
}
