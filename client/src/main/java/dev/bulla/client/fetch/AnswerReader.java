package dev.bulla.client.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one HTTP/1.1 answer (RFC 9112): head at most 32 KiB, body at most {@link Answer#MAX_BODY_BYTES}. */
final class AnswerReader {
    private static final int MAX_HEAD_BYTES = 32 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

    private final InputStream in;

    AnswerReader(InputStream in) {
        this.in = in;
    }

    /** The final answer; interim ones (1xx) are passed over. */
    Answer read() throws IOException {
        for (var interim = 0; interim < 10; interim++) {
            var budget = new int[] {MAX_HEAD_BYTES};
            var status = STATUS.matcher(line(budget));
            if (!status.matches()) {
                throw new IOException("the answer is not HTTP/1.1");
            }
            var headers = headers(budget);
            var number = Integer.parseInt(status.group(1));
            if (number >= 200) {
                return new Answer(number, headers.getOrDefault("retry-after", ""), body(headers));
            }
        }
        throw new IOException("too many interim answers");
    }

    private Map<String, String> headers(int[] budget) throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(budget); !line.isEmpty(); line = line(budget)) {
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("a header of the answer has no name");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunked();
        }
        var length = headers.get("content-length");
        if (length == null) {
            return in.readNBytes(Answer.MAX_BODY_BYTES);
        }
        if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > Answer.MAX_BODY_BYTES) {
            throw new IOException("the answer's length is not one this reads: " + Answer.safe(length));
        }
        return exactly(Integer.parseInt(length));
    }

    private byte[] chunked() throws IOException {
        var body = new ByteArrayOutputStream();
        var budget = new int[] {MAX_HEAD_BYTES};
        while (true) {
            var text = line(budget).replaceFirst(";.*", "").strip();
            if (!text.matches("[0-9A-Fa-f]{1,6}")) {
                throw new IOException("a chunk of the answer has no size");
            }
            var size = Integer.parseInt(text, 16);
            if (size == 0) {
                return body.toByteArray();
            }
            if (body.size() + size > Answer.MAX_BODY_BYTES) {
                throw new IOException("the answer has more than " + Answer.MAX_BODY_BYTES + " bytes");
            }
            body.write(exactly(size));
            line(budget);
        }
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("the answer broke off");
        }
        return bytes;
    }

    private String line(int[] budget) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b; (b = in.read()) != '\n'; ) {
            if (b < 0) {
                throw new IOException("the connection closed without a whole answer");
            }
            if (--budget[0] < 0) {
                throw new IOException("the answer's head has more than " + MAX_HEAD_BYTES + " bytes");
            }
            line.write(b);
        }
        var text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
