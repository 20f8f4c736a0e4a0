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
    static final int MAX_BODY_BYTES = 64 * 1024;
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

    /** Why it was refused. */
    ProblemException problem(URI uri) {
        var detail = ChannelUrl.shown(uri) + " answered " + status
                + text("detail").map(t -> ": " + t).orElse("");
        if (status == 429 || (status >= 500 && status != 501 && status != 505 && status != 507)) {
            return new ConnectionBroken(detail, null, retryAfterMillis());
        }
        return new ProblemException(code(), detail);
    }

    private Code code() {
        var told = text("code").flatMap(Code::of).filter(Answer::isForServerToSay);
        return told.orElseGet(() -> switch (status) {
            case 401 -> Code.TOKEN_MISSING;
            case 403 -> Code.SCOPE_DENIED;
            case 409 -> Code.NAME_CONFLICT;
            case 413 -> Code.UPLOAD_TOO_LARGE;
            case 507 -> Code.STORAGE_FULL;
            default -> Code.SERVER_ANSWER_BAD;
        });
    }

    /** Whether something is trusted is not; that a root which was sent does not follow from the server's own is. */
    private static boolean isForServerToSay(Code code) {
        return code.kind() != Kind.NOT_TRUSTED || code == Code.ROOT_NOT_CHAINED;
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
