package dev.bulla.server.exchange;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** One request as an endpoint sees it: what its route found in the path, headers, query, credential and body. */
public final class Exchange {
    private final Request request;
    private final RequestPath path;
    private final Map<String, String> parameters;
    private final String requestId;
    private final Origin origin;

    /**
     * A request that a route took.
     *
     * @param parameters what the route's pattern names, from the path
     * @param origin where this server is reached
     */
    public Exchange(
            Request request, RequestPath path, Map<String, String> parameters, String requestId, Origin origin) {
        this.request = request;
        this.path = path;
        this.parameters = parameters;
        this.requestId = requestId;
        this.origin = origin;
    }

    /** The method; HEAD is HEAD. */
    public String method() {
        return request.getMethod();
    }

    /** The path that was asked for. */
    public RequestPath path() {
        return path;
    }

    /** The segment that the route's pattern calls {@code name}. */
    public String parameter(String name) {
        return optionalParameter(name)
                .orElseThrow(() -> new IllegalStateException("the route has no parameter " + name));
    }

    /** The same where some routes of an endpoint have no such segment. */
    public Optional<String> optionalParameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** The header of this name, the first when there are several. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** All headers. */
    public HttpFields headers() {
        return request.getHeaders();
    }

    /** The query parameter of this name. */
    public Optional<String> query(String name) {
        Fields fields = Request.extractQueryParameters(request);
        return Optional.ofNullable(fields.getValue(name));
    }

    /**
     * The token that was sent, not yet checked.
     *
     * @throws ProblemException {@code TOKEN_MISSING} or {@code TOKEN_MALFORMED}
     */
    public String secret() {
        return Credentials.secret(request.getHeaders(), path)
                .filter(secret -> !secret.isEmpty())
                .orElseThrow(() -> new ProblemException(Code.TOKEN_MISSING, "This needs a token and none was sent."));
    }

    /** The body, to be read once. */
    public RequestBody body() {
        return new RequestBody(request);
    }

    /** How the server's log names this request. */
    public String requestId() {
        return requestId;
    }

    /** The address of these segments on this server, without any token. */
    public String url(List<String> segments) {
        return origin.of(request) + "/" + String.join("/", segments);
    }
}
