package dev.bulla.client.fetch;

import dev.bulla.problem.Code;
import dev.bulla.problem.Kind;
import dev.bulla.problem.ProblemException;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A short answer of a server: the outcome of an upload, or the reason of a refusal as a problem document (RFC 9457).
 * What it says is shown, but never believed: a server cannot say that something is or is not trusted.
 *
 * @param status 100–599
 * @param retryAfter the header's text, empty when there was none
 * @param body at most {@link #MAX_BODY_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
record Answer(int status, String retryAfter, byte[] body) {
    static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_TEXT = 500;

    /** True for 2xx. */
    boolean isDone() {
        return status / 100 == 2;
    }

    /** The body as a JSON object; empty when it is none. */
    Optional<JsonObject> json() {
        try {
            return Json.parse(body, JsonLimits.METADATA) instanceof JsonObject object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty(); // an HTML error page, perhaps: the status has to do
        }
    }

    /** Why it was refused. That something is not trusted is for us to find, so a code that says so does not count. */
    ProblemException problem(URI uri) {
        return problem(uri, code -> code.kind() != Kind.NOT_TRUSTED);
    }

    /** Why the API refused what was sent to it, with whatever code: there it judges the request, also a root. */
    ProblemException judgement(URI uri) {
        return problem(uri, _ -> true);
    }

    private ProblemException problem(URI uri, Predicate<Code> told) {
        var detail = ChannelUrl.shown(uri) + " answered " + status
                + text("detail").map(t -> ": " + t).orElse("");
        if (status == 429 || (status >= 500 && status != 501 && status != 505 && status != 507)) {
            return new ConnectionBroken(detail, null, retryAfterMillis());
        }
        return new ProblemException(text("code").flatMap(Code::of).filter(told).orElseGet(this::codeOfStatus), detail);
    }

    private Code codeOfStatus() {
        return switch (status) {
            case 401 -> Code.TOKEN_MISSING;
            case 403 -> Code.SCOPE_DENIED;
            case 409 -> Code.NAME_CONFLICT;
            case 413 -> Code.UPLOAD_TOO_LARGE;
            case 507 -> Code.STORAGE_FULL;
            default -> Code.SERVER_ANSWER_BAD;
        };
    }

    private long retryAfterMillis() {
        return retryAfter.matches("[0-9]{1,6}") ? Long.parseLong(retryAfter) * 1000 : 0;
    }

    private Optional<String> text(String member) {
        return json().flatMap(object -> object.member(member))
                .filter(JsonString.class::isInstance)
                .map(value -> safe(((JsonString) value).value()));
    }

    /** A server's text, fit for a terminal: one line, no control characters, not too long. */
    static String safe(String text) {
        var line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
