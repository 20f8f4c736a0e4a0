package dev.bulla.client.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves files from a map on 127.0.0.1 and notes each request. A path may be given a handler of its own. */
public final class LoopbackServer implements AutoCloseable {
    static {
        // Else each answer on a kept connection waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** Answers one request; the exchange is closed afterwards. */
    @FunctionalInterface
    public interface Handler {
        /** Must send the status. */
        void answer(HttpExchange exchange) throws IOException;
    }

    private LoopbackServer(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port. */
    public static LoopbackServer start() {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var loopback = new LoopbackServer(http);
            http.createContext("/", loopback::answer);
            http.setExecutor(loopback.threads);
            http.start();
            return loopback;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves these bytes at the path, which starts with a slash. */
    public void put(String path, byte[] bytes) {
        files.put(path, bytes.clone());
    }

    /** The bytes at a path. */
    public byte[] get(String path) {
        return Objects.requireNonNull(files.get(path), path).clone();
    }

    /** Takes a file away. */
    public void remove(String path) {
        files.remove(path);
    }

    /** Answers this path in another way. */
    public void handle(String path, Handler handler) {
        handlers.put(path, handler);
    }

    /** Answers this path with a status and nothing else. */
    public void fail(String path, int status) {
        handle(path, exchange -> exchange.sendResponseHeaders(status, -1));
    }

    /** Serves this path as a file again. */
    public void heal(String path) {
        handlers.remove(path);
    }

    /** All requests so far, as {@code METHOD /path}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            var handler = handlers.get(path);
            if (handler != null) {
                handler.answer(exchange);
                return;
            }
            send(exchange, files.get(path));
        }
    }

    private static void send(HttpExchange exchange, byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
