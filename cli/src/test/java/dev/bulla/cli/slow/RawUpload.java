package dev.bulla.cli.slow;

import dev.bulla.cli.commands.BullaProcess;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One upload over a connection of its own, sent as its test wants it. The answer is read while the body is still being
 * sent, as good clients do. Not safe to share.
 */
final class RawUpload implements AutoCloseable {
    /** The length of a body that is sent in chunks. */
    static final long CHUNKED = -1;

    private static final int PATIENCE_SECONDS = 120;
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private final Socket socket;
    private final OutputStream out;
    private final boolean chunked;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();

    /** An answer that arrived whole. */
    record Answer(int status, Map<String, String> headers, String body) {
        /** A header's value, by its lower-case name. */
        @Nullable
        String header(String name) {
            return headers.get(name);
        }

        /** Whether the upload is acknowledged. */
        boolean isAcknowledgement() {
            return status == 201 || status == 200;
        }

        /** Whether it is a refusal of this status and code. */
        boolean refuses(int expectedStatus, String code) {
            return status == expectedStatus && body.contains("\"code\":\"" + code + "\"");
        }
    }

    private RawUpload(Socket socket, boolean chunked) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.chunked = chunked;
        Thread.ofVirtual().start(this::readAnswer);
    }

    /** Sends the head. */
    static RawUpload begin(BullaProcess server, String fileName, long lengthBytes, String... headers)
            throws IOException {
        URI url = URI.create(server.url());
        String token = server.adminToken();
        var upload = new RawUpload(new Socket(url.getHost(), url.getPort()), lengthBytes == CHUNKED);
        try {
            String length = lengthBytes == CHUNKED ? "Transfer-Encoding: chunked" : "Content-Length: " + lengthBytes;
            String head = String.join(
                    "\r\n",
                    "POST /api/v1/upload/main HTTP/1.1",
                    "Host: " + url.getAuthority(),
                    "Authorization: Bearer " + token,
                    "Connection: close",
                    "X-File-Name: " + fileName,
                    length);
            String more = headers.length == 0 ? "" : "\r\n" + String.join("\r\n", headers);
            upload.out.write((head + more + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return upload;
        } catch (IOException failure) {
            upload.close();
            throw failure;
        }
    }

    /** A whole upload, and its answer. */
    static Answer of(BullaProcess server, String fileName, byte[] bytes, String... headers) throws IOException {
        try (var upload = begin(server, fileName, bytes.length, headers)) {
            upload.send(bytes, 0, bytes.length);
            return upload.answer();
        }
    }

    /** Sends a part of the body. */
    void send(byte[] bytes, int from, int to) throws IOException {
        if (chunked) {
            out.write(Integer.toHexString(to - from).getBytes(StandardCharsets.ISO_8859_1));
            out.write(new byte[] {'\r', '\n'});
        }
        out.write(bytes, from, to - from);
        if (chunked) {
            out.write(new byte[] {'\r', '\n'});
        }
    }

    /** Says that all chunks were sent. */
    void endChunks() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Ends the sending half of the connection, whatever was announced. */
    void breakOff() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether an answer is there, or can come no more. */
    boolean isOver() {
        return answer.isDone();
    }

    /**
     * The whole answer.
     *
     * @throws IOException when the connection ended without one
     */
    Answer answer() throws IOException {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            throw new IOException("no answer", failure.getCause());
        }
    }

    private void readAnswer() {
        try {
            answer.complete(read(socket.getInputStream()));
        } catch (IOException | RuntimeException failure) {
            answer.completeExceptionally(failure);
        }
    }

    private static Answer read(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring("HTTP/1.1 ".length()).substring(0, 3));
        var headers = new HashMap<String, String>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "no length"));
        byte[] body = in.readNBytes(Math.min(length, MOST_ANSWER_BYTES));
        if (body.length != length) {
            throw new EOFException("the answer was cut short");
        }
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > MOST_ANSWER_BYTES) {
                throw new EOFException("the answer was cut short");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
