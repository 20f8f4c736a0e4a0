package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Small questions and orders to a server's API under {@code /api/v1/}; what it answers is shown, never believed. */
public final class ServerApi {
    private final URI server;
    private final FetchPolicy policy;

    /** The API of the server at this address; the policy's token is sent to it. */
    public ServerApi(URI server, FetchPolicy policy) {
        this.server = server;
        this.policy = policy;
    }

    /**
     * Asks.
     *
     * @param path below {@code /api/v1/}
     * @throws ProblemException the server's reason; SERVER_UNREACHABLE, SERVER_ANSWER_BAD
     */
    public JsonObject get(String path) {
        return ask("GET", path, null);
    }

    /**
     * Orders something that may be ordered twice without harm.
     *
     * @param method {@code POST} or {@code PUT}
     * @param path below {@code /api/v1/}
     * @param body JSON
     * @throws ProblemException as {@link #get}
     */
    public JsonObject send(String method, String path, byte[] body) {
        return ask(method, path, body);
    }

    /**
     * Orders that something be gone.
     *
     * @param path below {@code /api/v1/}
     * @throws ProblemException as {@link #get}
     */
    public JsonObject delete(String path) {
        return ask("DELETE", path, null);
    }

    private JsonObject ask(String method, String path, byte @Nullable [] body) {
        var text = server.toString();
        var uri = URI.create((text.endsWith("/") ? text : text + "/") + "api/v1/" + path);
        var answer = new Retry(policy).run(() -> once(method, uri, body));
        return answer.json()
                .orElseThrow(() -> new ProblemException(
                        Code.SERVER_ANSWER_BAD, ChannelUrl.shown(uri) + " answered something else than JSON"));
    }

    private Answer once(String method, URI uri, byte @Nullable [] body) {
        HttpURLConnection connection = null;
        var patience = policy.connectTimeout().plus(policy.readTimeout());
        try {
            connection = connect(method, uri);
            try (var _ = Deadline.start(patience, connection::disconnect)) {
                if (body != null) {
                    connection.setRequestProperty("Content-Type", "application/json");
                    connection.setDoOutput(true);
                    connection.setFixedLengthStreamingMode(body.length);
                    connection.getOutputStream().write(body);
                }
                return answer(connection, uri);
            }
        } catch (IOException e) {
            throw ConnectionBroken.of(uri, e);
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private HttpURLConnection connect(String method, URI uri) throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(Math.toIntExact(policy.connectTimeout().toMillis()));
        connection.setReadTimeout(Math.toIntExact(policy.readTimeout().toMillis()));
        connection.setRequestProperty("User-Agent", "bulla");
        connection.setRequestProperty("Accept", "application/json");
        if (policy.token() != null) {
            connection.setRequestProperty("Authorization", "Bearer " + policy.token());
        }
        return connection;
    }

    private static Answer answer(HttpURLConnection connection, URI uri) throws IOException {
        var status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            var body = in == null ? new byte[0] : in.readNBytes(Answer.MAX_BODY_BYTES);
            @Nullable String retryAfter = connection.getHeaderField("Retry-After");
            var answer = new Answer(status, retryAfter == null ? "" : retryAfter, body);
            if (!answer.isDone()) {
                throw answer.judgement(uri);
            }
            return answer;
        }
    }
}
