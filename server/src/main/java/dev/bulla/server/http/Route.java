package dev.bulla.server.http;

import dev.bulla.server.exchange.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One method at one address.
 *
 * @param method GET (which answers HEAD too), POST, PUT, DELETE
 * @param segments of the path; {@code {name}} takes any segment that is not empty, anything else only itself
 * @param endpoint what answers
 */
record Route(String method, List<String> segments, Endpoint endpoint) {
    Route {
        segments = List.copyOf(segments);
    }

    /** A route with its path written as in the API description: {@code /api/v1/channels/{channel}}. */
    static Route of(String method, String path, Endpoint endpoint) {
        return new Route(method, List.of(path.substring(1).split("/", -1)), endpoint);
    }

    /** The path as {@link #of} takes it. */
    String path() {
        return "/" + String.join("/", segments);
    }

    /** The first segment, when it is a fixed word. */
    Optional<String> firstWord() {
        return Optional.of(segments.getFirst()).filter(segment -> !isParameter(segment));
    }

    /** The methods it answers. */
    List<String> methods() {
        return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
    }

    /** Whether it answers this method. */
    boolean answers(String asked) {
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /** The parameters that the path gives, when it is this route's. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size() || !fits(path)) {
            return Optional.empty();
        }
        var parameters = new TreeMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            var segment = segments.get(i);
            if (isParameter(segment)) {
                parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
            }
        }
        return Optional.of(parameters);
    }

    private boolean fits(List<String> path) {
        for (int i = 0; i < path.size(); i++) {
            var segment = segments.get(i);
            if (isParameter(segment) ? path.get(i).isEmpty() : !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isParameter(String segment) {
        return segment.startsWith("{");
    }
}
