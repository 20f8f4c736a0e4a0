package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongConsumer;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends one file with a POST request of HTTP/1.1 and reads the answer. A server that refuses early (no right, too
 * large, no space) is heard while the body is still going out: sending stops there and its reason is told. That is why
 * this is not done with {@code HttpURLConnection}, which loses such an answer. No redirect is followed.
 */
public final class HttpUpload {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final FetchPolicy policy;

    /** Uploads with this patience and this policy's token. */
    public HttpUpload(FetchPolicy policy) {
        this.policy = policy;
    }

    /**
     * Sends the file, several times if the network or the server fails for now; a server must take the same bytes twice.
     *
     * @param uri where to; {@code http} or {@code https}
     * @param headers besides Host, Content-Length and Authorization; printable ASCII
     * @param file sent whole
     * @param sent told how many bytes of this try are sent so far
     * @return the JSON object of a 2xx answer
     * @throws ProblemException the server's reason; SERVER_UNREACHABLE, SERVER_ANSWER_BAD; DISK_ERROR for the file
     */
    public JsonObject post(URI uri, Map<String, String> headers, Path file, LongConsumer sent) {
        return post(uri, headers, new FileBody(file), sent);
    }

    /** The same for a body that is made while it is sent; it is asked for anew at each try. */
    public JsonObject post(URI uri, Map<String, String> headers, Body file, LongConsumer sent) {
        var answer = new Retry(policy).run(() -> postOnce(uri, headers, file, sent));
        return answer.json()
                .orElseThrow(() -> new ProblemException(
                        Code.SERVER_ANSWER_BAD, ChannelUrl.shown(uri) + " took the file but its answer is not JSON"));
    }

    /** What is sent. */
    public interface Body {
        /** How many bytes. */
        long lengthBytes();

        /** The bytes from the first on; exactly as many. */
        InputStream open() throws IOException;
    }

    private record FileBody(Path file) implements Body {
        @Override
        public long lengthBytes() {
            return size(file);
        }

        @Override
        public InputStream open() {
            return HttpUpload.open(file);
        }
    }

    private Answer postOnce(URI uri, Map<String, String> headers, Body file, LongConsumer sent) {
        try (var socket = connect(uri);
                var body = file.open()) {
            var early = send(socket, head(uri, headers, file.lengthBytes()), body, sent);
            var answer = new AnswerReader(socket.getInputStream()).read();
            if (answer.isDone() && early) {
                throw new ProblemException(
                        Code.SERVER_ANSWER_BAD,
                        ChannelUrl.shown(uri) + " said " + answer.status() + " before it had the file");
            }
            if (!answer.isDone()) {
                throw answer.problem(uri);
            }
            return answer;
        } catch (IOException e) {
            throw ConnectionBroken.of(uri, e);
        }
    }

    /** Sends until the body ends or the server answers; true when it answered (or went away) before the end. */
    private static boolean send(Socket socket, byte[] head, InputStream body, LongConsumer sent) throws IOException {
        var out = socket.getOutputStream();
        out.write(head);
        var buffer = new byte[CHUNK_BYTES];
        var total = 0L;
        for (int read; (read = readFile(body, buffer)) >= 0; ) {
            if (socket.getInputStream().available() > 0 || !wrote(out, buffer, read)) {
                return true;
            }
            total += read;
            sent.accept(total);
        }
        out.flush();
        return false;
    }

    /** False when the server closed: then its answer may already be here, and is worth more than this exception. */
    private static boolean wrote(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket connect(URI uri) throws IOException {
        var secure = uri.getScheme().equals("https");
        var port = uri.getPort() != -1 ? uri.getPort() : secure ? 443 : 80;
        var socket = SocketFactory.getDefault().createSocket();
        try {
            socket.connect(
                    new InetSocketAddress(uri.getHost(), port),
                    Math.toIntExact(policy.connectTimeout().toMillis()));
            socket.setSoTimeout(Math.toIntExact(policy.readTimeout().toMillis()));
            return secure ? secured(socket, uri.getHost(), port) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket socket, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private byte[] head(URI uri, Map<String, String> headers, long lengthBytes) throws IOException {
        var out = new ByteArrayOutputStream();
        line(
                out,
                "POST " + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()) + " HTTP/1.1");
        line(out, "Host: " + uri.getHost() + (uri.getPort() == -1 ? "" : ":" + uri.getPort()));
        line(out, "User-Agent: bulla");
        line(out, "Connection: close");
        line(out, "Content-Type: application/octet-stream");
        line(out, "Content-Length: " + lengthBytes);
        if (policy.token() != null) {
            line(out, "Authorization: Bearer " + policy.token());
        }
        for (var header : headers.entrySet()) {
            line(out, header.getKey() + ": " + header.getValue());
        }
        line(out, "");
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, String text) throws IOException {
        if (!text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a header has printable ASCII only");
        }
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static InputStream open(Path file) {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static int readFile(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read the file to its end: " + e.getMessage(), e);
        }
    }

    private static ProblemException unreadable(Path file, IOException e) {
        return new ProblemException(Code.DISK_ERROR, "cannot read " + file + ": " + e.getMessage(), e);
    }
}
