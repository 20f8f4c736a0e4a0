package dev.bulla.server.api;

import dev.bulla.conda.name.ArchiveName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.trust.json.Json;
import dev.bulla.trust.json.JsonException;
import dev.bulla.trust.json.JsonLimits;
import dev.bulla.trust.json.JsonObject;
import dev.bulla.trust.json.JsonString;
import java.io.IOException;
import java.util.Optional;

/**
 * A small JSON object that came with a request.
 *
 * @param object what it says
 */
record JsonBody(JsonObject object) {
    private static final int MAX_BYTES = 1 << 16;

    /**
     * Reads it.
     *
     * @throws ProblemException {@code BAD_REQUEST} when it is none, {@code UPLOAD_TOO_LARGE}
     */
    static JsonBody read(Exchange exchange) throws IOException {
        var bytes = exchange.body().limitedTo(MAX_BYTES).allBytes();
        try {
            if (Json.parse(bytes, JsonLimits.METADATA) instanceof JsonObject object) {
                return new JsonBody(object);
            }
        } catch (JsonException e) {
            throw new ProblemException(Code.BAD_REQUEST, "The body is not JSON: " + e.getMessage() + ".", e);
        }
        throw new ProblemException(Code.BAD_REQUEST, "The body must be an object.");
    }

    /** The member of this name, which must be a string. */
    String required(String member) {
        if (object.member(member).orElse(null) instanceof JsonString string) {
            return string.value();
        }
        throw new ProblemException(Code.BAD_REQUEST, "The body must have the string \"" + member + "\".");
    }

    /** The member of this name, which must be a string where it is there. */
    Optional<String> optional(String member) {
        return object.member(member).isPresent() ? Optional.of(required(member)) : Optional.empty();
    }

    /** What the member {@code subdir} names. */
    Subdir subdir() {
        return Subdir.parse(required("subdir"));
    }

    /** What the member {@code file_name} names. */
    ArchiveName artifact() {
        return ArchiveName.parse(required("file_name"));
    }
}
