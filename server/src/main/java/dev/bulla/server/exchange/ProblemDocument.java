package dev.bulla.server.exchange;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonArray;
import dev.bulla.trust.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A problem as an answer: {@code application/problem+json} (RFC 9457) and a reason phrase.
 *
 * <p>Members, in this order: {@code code, status, title, detail, error, message, reason, cure, request_id} and, when
 * there are several, {@code problems}. {@code error}, {@code message} and {@code reason} repeat {@code detail}, because
 * each client prints another of them; code and detail come first, because some cut after 512 characters. The reason
 * phrase says it once again, for those that show only the status line.
 */
public final class ProblemDocument {
    private static final HttpField CONTENT_TYPE = new HttpField(HttpHeader.CONTENT_TYPE, "application/problem+json");
    private static final HttpField NO_STORE = new HttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField CHALLENGE =
            new HttpField(HttpHeader.WWW_AUTHENTICATE, "Bearer realm=\"bulla\", Basic realm=\"bulla\"");
    private static final HttpField RETRY_AFTER = new HttpField(HttpHeader.RETRY_AFTER, "5");
    private static final int REASON_LENGTH = 120;

    private ProblemDocument() {}

    /** The answer to whoever caused this. */
    public static Answer of(ProblemException thrown, String requestId) {
        return of(thrown, statusOf(thrown.problem().code()), requestId);
    }

    /** The same with a status that the HTTP library decided on. */
    public static Answer of(ProblemException thrown, int status, String requestId) {
        var problem = thrown.problem();
        var headers = HttpFields.build().add(CONTENT_TYPE).add(NO_STORE);
        if (status == 401) {
            headers.add(CHALLENGE);
        }
        if (status == 503) {
            headers.add(RETRY_AFTER);
        }
        var problems = List.of(problem);
        if (thrown instanceof Refusal refusal) {
            refusal.headers().forEach(headers::add);
            problems = refusal.problems();
        }
        var bytes =
                ByteBuffer.wrap(document(problem, status, problems, requestId).compact());
        return new Answer(status, reason(problem), headers, new Answer.InMemory(bytes));
    }

    /** Whether it is for the operator rather than for whoever asked. */
    public static boolean isOurFault(ProblemException thrown) {
        return statusOf(thrown.problem().code()) == 500;
    }

    /** The one translation from codes to statuses. */
    static int statusOf(Code code) {
        return switch (code.kind()) {
            case USAGE -> statusOfUsage(code);
            case INVALID, NOT_TRUSTED -> 422;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 503;
            case UNKNOWN -> 500;
        };
    }

    /** HTTP has words of its own for some ways to ask wrongly. */
    private static int statusOfUsage(Code code) {
        if (code == Code.METHOD_NOT_ALLOWED) {
            return 405;
        }
        if (code == Code.PRECONDITION_FAILED) {
            return 412;
        }
        return code == Code.RANGE_NOT_SATISFIABLE ? 416 : 400;
    }

    private static JsonObject document(Problem problem, int status, List<Problem> problems, String requestId) {
        var document = JsonObject.builder()
                .put("code", problem.code().text())
                .put("status", status)
                .put("title", problem.code().meaning())
                .put("detail", problem.detail())
                .put("error", problem.detail())
                .put("message", problem.detail())
                .put("reason", problem.detail())
                .put("cure", problem.code().cure())
                .put("request_id", requestId);
        if (problems.size() > 1) {
            document.put(
                    "problems",
                    new JsonArray(problems.stream().map(ProblemDocument::member).toList()));
        }
        return document.build();
    }

    private static Json member(Problem problem) {
        return JsonObject.builder()
                .put("code", problem.code().text())
                .put("detail", problem.detail())
                .build();
    }

    /** The detail in printable ASCII, which is all a status line may carry. */
    private static String reason(Problem problem) {
        var text = problem.detail().replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= REASON_LENGTH ? text : text.substring(0, REASON_LENGTH - 3) + "...";
    }
}
