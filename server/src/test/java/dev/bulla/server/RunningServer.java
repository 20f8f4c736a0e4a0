package dev.bulla.server;

import dev.bulla.channel.Channels;
import dev.bulla.channel.ChannelsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** A real server on a free port over a data folder of its own, and a client for it. */
public final class RunningServer implements AutoCloseable {
    private final Path folder;
    private final Channels channels;
    private final BullaServer server;
    private final String url;
    private final HttpClient client = client(HttpClient.Version.HTTP_1_1);

    private RunningServer(Path folder, Channels channels, BullaServer server) {
        this.folder = folder;
        this.channels = channels;
        this.server = server;
        this.url = server.url();
    }

    /** Starts one in this folder. */
    public static RunningServer in(Path folder) throws IOException {
        return in(folder, ServerConfig.DEFAULT);
    }

    /** The same with this configuration, except for the port. */
    public static RunningServer in(Path folder, ServerConfig config) throws IOException {
        var channels = Channels.open(folder, ChannelsConfig.DEFAULT, Clock.systemUTC(), new SecureRandom());
        return new RunningServer(folder, channels, BullaServer.start(config.withPort(0), channels, Clock.systemUTC()));
    }

    /** The data folder. */
    public Path folder() {
        return folder;
    }

    /** The server. */
    public BullaServer server() {
        return server;
    }

    /** The channels behind it. */
    public Channels channels() {
        return channels;
    }

    /** The admin's token. */
    public String token() throws IOException {
        return Files.readString(folder.resolve("admin-token")).strip();
    }

    /** A request to this path; add what it needs. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
    }

    /** GET with these headers, name and value in turn. */
    public HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    /** GET once the files that list whole subdirs show everything that was published. */
    public HttpResponse<byte[]> getSettled(String path, String... headers) throws IOException, InterruptedException {
        channels.settle();
        return get(path, headers);
    }

    /** A request without a body. */
    public HttpResponse<byte[]> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var request = request(path).method(method, HttpRequest.BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Any request. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A request over this version of HTTP; over HTTP/2 by the upgrade. */
    public HttpResponse<byte[]> send(HttpClient.Version version, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        var response = client.send(request.version(version).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.version() != version) {
            throw new IOException("answered over " + response.version());
        }
        return response;
    }

    /** Uploads to the channel main with the admin's token, as bare bytes. */
    public HttpResponse<byte[]> upload(String fileName, byte[] bytes) throws IOException, InterruptedException {
        return send(request("/api/v1/upload/main")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                .header("Authorization", "Bearer " + token())
                .header("X-File-Name", fileName));
    }

    /** A connection on which a test writes what no client library would. */
    public RawConnection connect() throws IOException {
        return new RawConnection(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    private static HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    /** The text of an answer. */
    public static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        try {
            server.drainAndStop(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.close();
    }
}
