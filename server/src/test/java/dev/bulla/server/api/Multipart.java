package dev.bulla.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Bodies of uploads as rattler-build makes them. */
final class Multipart {
    static final String BOUNDARY = "b0undary";
    static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private Multipart() {}

    /** A body of one part that says it has {@code length} bytes. */
    static byte[] of(String fileName, @Nullable String sha256, long length, byte[] bytes) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\n"
                        + "Content-Disposition: form-data; name=\"file\"; filename=\"" + fileName + "\"\r\n"
                        + "content-type: application/octet-stream\r\n"
                        + "content-length: " + length + "\r\n"
                        + "x-file-name: " + fileName + "\r\n"
                        + (sha256 == null ? "" : "x-file-sha256: " + sha256 + "\r\n") + "\r\n")
                .getBytes(ISO_8859_1));
        body.writeBytes(bytes);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(ISO_8859_1));
        return body.toByteArray();
    }
}
