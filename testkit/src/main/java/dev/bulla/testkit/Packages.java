package dev.bulla.testkit;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Where test packages come from, and the few functions one needs to build odd ones by hand. */
public final class Packages {
    private Packages() {}

    /** A noarch package of this name, version 1.0, build 0, with one small file; change it from there. */
    public static TinyPackage tiny(String name) {
        return new TinyPackage(name);
    }

    /** One zstd frame at level 3 with its content size. */
    public static byte[] zstd(byte[] content) {
        return Zstd.compress(content, 3);
    }

    /** One bzip2 stream with blocks of 100 kB. */
    public static byte[] bzip2(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new BZip2CompressorOutputStream(bytes, 1)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The SHA-256 of these bytes in lower-case hexadecimal. */
    public static String sha256(byte[] bytes) {
        return hex("SHA-256", bytes);
    }

    /** The MD5 of these bytes in lower-case hexadecimal. */
    public static String md5(byte[] bytes) {
        return hex("MD5", bytes);
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
