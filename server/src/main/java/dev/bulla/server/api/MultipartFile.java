package dev.bulla.server.api;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.RequestBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The one file of a multipart upload (RFC 7578), read while it arrives. Not safe to share.
 *
 * <pre>
 * --boundary
 * Content-Disposition: form-data; name="file"; filename="zlib-1.3.1-h_0.conda"
 * Content-Length: 4711
 * X-File-Name: zlib-1.3.1-h_0.conda
 * X-File-SHA256: 9f86d081…
 *
 * (bytes)
 * --boundary--
 * </pre>
 *
 * <p>A second part is refused, not ignored, whatever it holds; and since the stream ends only when the closing boundary
 * and the end of the body were seen, nobody can have published the file by then.
 */
final class MultipartFile implements FileStream.Buffers {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;.*?\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*");
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*(filename|name)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"]+))");
    private static final int MAX_PART_HEADERS = 8 * 1024;
    private static final int MAX_DISPOSITION = 1000;

    private final RequestBody body;
    private final MultiPart.Parser parser;
    private final TreeMap<String, String> partHeaders = new TreeMap<>();
    private final ArrayDeque<ByteBuffer> content = new ArrayDeque<>();
    private Content.Chunk chunk = Content.Chunk.EMPTY;
    private boolean headersRead;
    private boolean complete;
    private long contentBytes;
    private @Nullable Throwable failure;

    private MultipartFile(RequestBody body, String boundary) {
        this.body = body;
        parser = new MultiPart.Parser(boundary, new Listener());
        parser.setMaxParts(1);
        parser.setPartHeadersMaxLength(MAX_PART_HEADERS);
    }

    /** Whether a body of this type is for {@link #open}. */
    static boolean isMultipart(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    /**
     * Reads up to the first byte of the file.
     *
     * @throws ProblemException {@code BAD_REQUEST} when it is not the shape above, {@code UPLOAD_TRUNCATED}
     */
    static MultipartFile open(RequestBody body, String contentType) throws IOException {
        var match = BOUNDARY.matcher(contentType);
        if (!match.matches()) {
            throw bad("the Content-Type must be multipart/form-data with a boundary of 1 to 70 characters");
        }
        var file = new MultipartFile(body, match.group(1) == null ? match.group(2) : match.group(1));
        while (!file.headersRead) {
            file.parseNext();
        }
        if (!file.dispositionParameter("name").equals(Optional.of("file"))) {
            throw bad("its part must have the name \"file\"");
        }
        return file;
    }

    /** A header of the part. */
    Optional<String> header(String name) {
        return Optional.ofNullable(partHeaders.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The file name in {@code Content-Disposition}. */
    Optional<String> fileName() {
        return dispositionParameter("filename");
    }

    /** The part's own {@code Content-Length}. */
    OptionalLong announcedBytes() {
        var length = header("content-length");
        if (length.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!length.get().matches("[0-9]{1,18}")) {
            throw bad("the part's Content-Length is not a number");
        }
        return OptionalLong.of(Long.parseLong(length.get()));
    }

    /** The bytes of the file. */
    InputStream stream() {
        return new FileStream(this);
    }

    @Override
    public Optional<ByteBuffer> next() throws IOException {
        while (content.isEmpty() && !complete) {
            parseNext();
        }
        if (content.isEmpty()) {
            requireAnnouncedLength();
            return Optional.empty();
        }
        return Optional.of(content.remove());
    }

    /** Feeds one chunk to the parser; slices of it go to {@link #content} and are used up before the next. */
    private void parseNext() throws IOException {
        chunk.release();
        chunk = body.next();
        parser.parse(chunk);
        if (failure != null) {
            throw refused(failure);
        }
    }

    private static ProblemException refused(Throwable failure) {
        if (failure instanceof EOFException) {
            return new ProblemException(
                    Code.UPLOAD_TRUNCATED, "The multipart body ended before its closing boundary.", failure);
        }
        return bad("it must have one part, \"file\", and nothing else");
    }

    private void requireAnnouncedLength() {
        var announced = announcedBytes();
        if (announced.isPresent() && announced.getAsLong() != contentBytes) {
            throw new ProblemException(
                    Code.UPLOAD_TRUNCATED,
                    "The part has " + contentBytes + " bytes; its Content-Length says " + announced.getAsLong() + ".");
        }
    }

    private Optional<String> dispositionParameter(String name) {
        var disposition = header("content-disposition").orElse("");
        if (disposition.length() > MAX_DISPOSITION) {
            // The pattern recurses with the length of a quoted text.
            throw bad("its Content-Disposition is longer than " + MAX_DISPOSITION + " characters");
        }
        var matcher = PARAMETER.matcher(disposition);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                var quoted = matcher.group(2);
                return Optional.of(quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
            }
        }
        return Optional.empty();
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Code.BAD_REQUEST, "The multipart body cannot be used: " + detail + ".");
    }

    private final class Listener implements MultiPart.Parser.Listener {
        @Override
        public void onPartHeader(String name, String value) {
            partHeaders.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }

        @Override
        public void onPartHeaders() {
            headersRead = true;
        }

        @Override
        public void onPartContent(Content.Chunk part) {
            if (part.hasRemaining()) {
                contentBytes += part.remaining();
                content.add(part.getByteBuffer());
            }
        }

        @Override
        public void onComplete() {
            complete = true;
        }

        @Override
        public void onFailure(Throwable thrown) {
            failure = thrown;
        }
    }
}
