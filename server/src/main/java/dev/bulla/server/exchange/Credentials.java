package dev.bulla.server.exchange;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Where clients put a token: {@code Authorization: Bearer T} or {@code token T}, Basic with the token as password and
 * any user, {@code X-API-Key: T}, or the path prefix {@code /t/T/}, looked for in this order.
 */
final class Credentials {
    private static final String API_KEY = "X-API-Key";

    private Credentials() {}

    /**
     * The token as it was sent, not yet checked.
     *
     * @throws ProblemException {@code TOKEN_MALFORMED} for a scheme we do not know or a header sent twice
     */
    static Optional<String> secret(HttpFields headers, RequestPath path) {
        var authorization = headers.getValuesList(HttpHeader.AUTHORIZATION);
        if (!authorization.isEmpty()) {
            return Optional.of(fromAuthorization(only(authorization)));
        }
        return Optional.ofNullable(headers.get(API_KEY)).or(path::token);
    }

    private static String only(List<String> values) {
        if (values.size() > 1) {
            throw malformed("The Authorization header was sent more than once.");
        }
        return values.getFirst();
    }

    private static String fromAuthorization(String value) {
        int space = value.indexOf(' ');
        var scheme = (space < 0 ? value : value.substring(0, space)).toLowerCase(Locale.ROOT);
        var rest = space < 0 ? "" : value.substring(space).strip();
        return switch (scheme) {
            case "bearer", "token" -> rest;
            case "basic" -> password(rest);
            default -> throw malformed("The Authorization scheme must be Bearer, token or Basic.");
        };
    }

    /** The password, or the user where the password is empty, as in {@code https://TOKEN@host/}. */
    private static String password(String base64) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw malformed("The Basic credential is not base64.");
        }
        var pair = new String(decoded, StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0) {
            throw malformed("The Basic credential has no colon.");
        }
        var password = pair.substring(colon + 1);
        return password.isEmpty() ? pair.substring(0, colon) : password;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Code.TOKEN_MALFORMED, detail);
    }
}
