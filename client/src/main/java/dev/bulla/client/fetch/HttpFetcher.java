package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Reads over HTTP/1.1 with {@link HttpURLConnection}, whose start-up costs a tenth of {@code HttpClient}'s. */
final class HttpFetcher implements Fetcher {
    private final ChannelUrl channel;
    private final FetchPolicy policy;

    HttpFetcher(ChannelUrl channel, FetchPolicy policy) {
        this.channel = channel;
        this.policy = policy;
    }

    @Override
    public <T> Optional<T> get(URI uri, Limit limit, Fetched.Reader<T> reader) {
        return new Retry(policy).run(() -> getOnce(uri, limit, reader));
    }

    @Override
    public Optional<Head> head(URI uri) {
        return new Retry(policy).run(() -> headOnce(uri));
    }

    /** What {@code api/v1/channels/NAME} beside the channel answers; a static host has nothing there. */
    @Override
    public List<String> subdirNames() {
        var uri = channel.uri().resolve("api/v1/channels/" + channel.name());
        return bytes(uri, Limit.ANSWER).map(body -> subdirNames(uri, body)).orElse(List.of());
    }

    private static List<String> subdirNames(URI uri, byte[] body) {
        try {
            if (Json.parse(body, JsonLimits.METADATA) instanceof JsonObject object
                    && object.member("subdirs").orElse(null) instanceof JsonArray names) {
                return names.elements().stream()
                        .filter(JsonString.class::isInstance)
                        .map(name -> ((JsonString) name).value())
                        .toList();
            }
        } catch (JsonException e) {
            throw new ProblemException(Code.SERVER_ANSWER_BAD, ChannelUrl.shown(uri) + ": " + e.getMessage(), e);
        }
        throw new ProblemException(Code.SERVER_ANSWER_BAD, ChannelUrl.shown(uri) + " does not name the subdirs");
    }

    private <T> Optional<T> getOnce(URI uri, Limit limit, Fetched.Reader<T> reader) {
        var connection = answered("GET", uri, true);
        var whole = false;
        try {
            if (isAbsent(connection)) {
                errorBody(connection); // read, so that the connection can be used again
                whole = true;
                return Optional.empty();
            }
            try (var in = connection.getInputStream()) {
                var length = connection.getContentLengthLong();
                var body = new BoundedStream(in, uri, limit, length, policy.minBytesPerSecond());
                var result = reader.read(new Fetched(uri, body, length));
                whole = true;
                return Optional.of(result);
            }
        } catch (IOException e) {
            throw ConnectionBroken.of(uri, e);
        } finally {
            if (!whole) {
                connection.disconnect();
            }
        }
    }

    private Optional<Head> headOnce(URI uri) {
        var connection = answered("HEAD", uri, true);
        if (isAbsent(connection)) {
            return Optional.empty();
        }
        return Optional.of(new Head(connection.getContentLengthLong(), connection.getHeaderField("ETag")));
    }

    /** A connection whose answer is 200 or says that there is nothing; every other answer is thrown. */
    private HttpURLConnection answered(String method, URI uri, boolean mayRedirect) {
        var connection = connect(method, uri);
        var status = status(connection, uri);
        if (status == HttpURLConnection.HTTP_OK) {
            refuseEncoding(connection, uri);
            return connection;
        }
        if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
            return connection;
        }
        if (status >= 301 && status <= 308 && status != 304) {
            connection.disconnect();
            return answered(method, redirect(connection, uri, mayRedirect), false);
        }
        throw new Answer(status, header(connection, "Retry-After"), errorBody(connection)).problem(uri);
    }

    private HttpURLConnection connect(String method, URI uri) {
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestProperty("Cache-Control", "no-cache"); // what is there now, not what a proxy has kept
            connection.setConnectTimeout(Math.toIntExact(policy.connectTimeout().toMillis()));
            connection.setReadTimeout(Math.toIntExact(policy.readTimeout().toMillis()));
            connection.setRequestProperty("User-Agent", "bulla");
            connection.setRequestProperty("Accept", "*/*");
            if (sameHost(channel.uri(), uri)) {
                authorization().ifPresent(value -> connection.setRequestProperty("Authorization", value));
            }
            return connection;
        } catch (IOException e) {
            throw new ProblemException(Code.SERVER_UNREACHABLE, ChannelUrl.shown(uri) + ": " + e.getMessage(), e);
        }
    }

    /** The token, else the user and password of the channel's address. */
    private Optional<String> authorization() {
        if (policy.token() != null) {
            return Optional.of("Bearer " + policy.token());
        }
        return Optional.ofNullable(channel.uri().getUserInfo())
                .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                .map(encoded -> "Basic " + encoded);
    }

    /** Waits for the status line and headers, for at most the connect and read timeouts together, however slowly they come. */
    private int status(HttpURLConnection connection, URI uri) {
        var patience = policy.connectTimeout().plus(policy.readTimeout());
        try (var _ = Deadline.start(patience, connection::disconnect)) {
            var status = connection.getResponseCode();
            if (status < 0) {
                throw new ProblemException(Code.SERVER_ANSWER_BAD, ChannelUrl.shown(uri) + ": the answer is not HTTP");
            }
            return status;
        } catch (SSLHandshakeException e) {
            throw new ProblemException(
                    Code.SERVER_UNREACHABLE, ChannelUrl.shown(uri) + ": no safe connection: " + e.getMessage(), e);
        } catch (IOException e) {
            throw ConnectionBroken.of(uri, e);
        }
    }

    private static URI redirect(HttpURLConnection connection, URI from, boolean mayRedirect) {
        var location = connection.getHeaderField("Location");
        if (!mayRedirect || location == null) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD, ChannelUrl.shown(from) + ": at most one redirect is followed");
        }
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD, ChannelUrl.shown(from) + ": its redirect leads to no valid address", e);
        }
        if (!sameHost(from, to)) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD,
                    ChannelUrl.shown(from) + ": a redirect to another host, " + to.getHost() + ", is not followed");
        }
        return to;
    }

    /** The same scheme, host and port. */
    private static boolean sameHost(URI one, URI other) {
        return String.valueOf(one.getScheme()).equals(other.getScheme())
                && String.valueOf(one.getHost()).equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort();
    }

    private static boolean isAbsent(HttpURLConnection connection) {
        try {
            return connection.getResponseCode() != HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            throw new IllegalStateException("the status was read before", e);
        }
    }

    private static void refuseEncoding(HttpURLConnection connection, URI uri) {
        var encoding = connection.getContentEncoding();
        if (encoding != null && !encoding.equals("identity")) {
            throw new ProblemException(
                    Code.SERVER_ANSWER_BAD,
                    ChannelUrl.shown(uri) + ": sent with Content-Encoding " + Answer.safe(encoding)
                            + ", which was not asked for");
        }
    }

    private static String header(HttpURLConnection connection, String name) {
        @Nullable String value = connection.getHeaderField(name);
        return value == null ? "" : value;
    }

    private static byte[] errorBody(HttpURLConnection connection) {
        try (InputStream in = connection.getErrorStream()) {
            return in == null ? new byte[0] : in.readNBytes(Answer.MAX_BODY_BYTES);
        } catch (IOException e) {
            // The status already says that it went wrong; only the explanation is lost.
            return new byte[0];
        }
    }
}
