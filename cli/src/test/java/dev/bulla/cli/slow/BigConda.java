package dev.bulla.cli.slow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TarBytes;
import dev.bulla.testkit.TinyPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * A valid {@code .conda} file of gigabytes that is made while it is sent and never kept. Its one payload file does not
 * repeat; it is in a zstd frame of raw blocks (RFC 8878, 3.1.1), so that all lengths are known beforehand.
 */
final class BigConda {
    /** What its payload must be a multiple of: the most that a raw block holds. */
    static final int BLOCK_BYTES = 128 << 10;

    private static final String PATH = "share/big/random.bin";
    private static final byte[] FRAME_HEADER = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 7 << 3}; // window of 128 KiB
    private static final byte[] TAR_END = new byte[1024];

    private final TinyPackage shell;
    private final long payloadBytes;
    private final byte[] beforeFrame;
    private final byte[] afterFrame;
    private final String sha256;

    /** With a payload of so many bytes, at most 3 GiB; makes all of it once, for its digests. */
    BigConda(String name, long payloadBytes) throws IOException {
        if (payloadBytes % BLOCK_BYTES != 0 || payloadBytes > 3L << 30) {
            throw new IllegalArgumentException("not whole blocks, or too many: " + payloadBytes);
        }
        this.payloadBytes = payloadBytes;
        var payload = new DigestOutputStream(OutputStream.nullOutputStream(), sha256Digest());
        var frame = new StoredZip.Checksum();
        writeFrame(frame, payload);
        String paths = """
                {"paths": [{"_path": "%s", "path_type": "hardlink", "sha256": "%s", "size_in_bytes": %d}],
                 "paths_version": 1}""".formatted(PATH, hex(payload), payloadBytes);
        shell = Packages.tiny(name).withoutPayload().info("info/paths.json", paths);
        var zip = new StoredZip();
        zip.member("metadata.json", "{\"conda_pkg_format_version\": 2}".getBytes(UTF_8));
        zip.memberToCome("pkg-" + shell.stem() + ".tar.zst", frame);
        beforeFrame = zip.take();
        zip.member(
                "info-" + shell.stem() + ".tar.zst",
                Packages.zstd(shell.infoTar().bytes()));
        afterFrame = zip.finish();
        var all = new DigestOutputStream(OutputStream.nullOutputStream(), sha256Digest());
        writeTo(all);
        sha256 = hex(all);
    }

    String fileName() {
        return shell.condaName();
    }

    String sha256() {
        return sha256;
    }

    long sizeBytes() {
        long blocks = payloadBytes / BLOCK_BYTES;
        long frame = FRAME_HEADER.length + 3 + 512 + payloadBytes + 3 * blocks + 3 + TAR_END.length;
        return beforeFrame.length + frame + afterFrame.length;
    }

    /** Sends all of it. */
    void writeTo(OutputStream out) throws IOException {
        out.write(beforeFrame);
        writeFrame(out, OutputStream.nullOutputStream());
        out.write(afterFrame);
    }

    /** The payload's tar archive as a zstd frame; and the payload alone. */
    private void writeFrame(OutputStream out, OutputStream payload) throws IOException {
        out.write(FRAME_HEADER);
        writeBlock(out, new TarBytes().header('0', PATH, "", payloadBytes).unclosedBytes(), false);
        byte[] block = new byte[BLOCK_BYTES];
        new Random(1).nextBytes(block);
        for (long number = 0; number < payloadBytes / BLOCK_BYTES; number++) {
            ByteBuffer.wrap(block).putLong(number);
            payload.write(block);
            writeBlock(out, block, false);
        }
        writeBlock(out, TAR_END, true);
    }

    private static void writeBlock(OutputStream out, byte[] content, boolean last) throws IOException {
        int header = content.length << 3 | (last ? 1 : 0);
        var block = new ByteArrayOutputStream(3 + content.length);
        block.write(header);
        block.write(header >> 8);
        block.write(header >> 16);
        block.writeBytes(content);
        block.writeTo(out);
    }

    private static String hex(DigestOutputStream stream) {
        return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
