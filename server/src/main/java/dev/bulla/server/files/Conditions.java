package dev.bulla.server.files;

import dev.bulla.problem.Code;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.server.exchange.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpDateTime;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * What a request wants of a representation: preconditions and range, in the order of RFC 9110, 13.2.2.
 *
 * <p>A range is a matter of GET alone (14.2); HEAD gets the headers of the whole. A date in {@code If-Range} counts only
 * for immutable files: an index may change twice within the second that a date can tell (8.8.2.2).
 */
final class Conditions {
    private static final HttpField ACCEPT_RANGES = new HttpField(HttpHeader.ACCEPT_RANGES, "bytes");

    private final Exchange exchange;
    private final Representation representation;

    private Conditions(Exchange exchange, Representation representation) {
        this.exchange = exchange;
        this.representation = representation;
    }

    /** The answer: 200, 206 or 304, or a refusal with 412 or 416. */
    static Answer answer(Exchange exchange, Representation representation) {
        return new Conditions(exchange, representation).answer();
    }

    private Answer answer() {
        if (!holds()) {
            throw Refusal.of(Code.PRECONDITION_FAILED, "The file is now " + representation.etag() + ".");
        }
        if (isKnown()) {
            return Answer.of(304, validators(), new Answer.Nothing());
        }
        var range = range();
        if (range.isEmpty()) {
            return Answer.of(200, headers(), representation.content().all());
        }
        return range.get().in(length()).map(this::part).orElseThrow(this::unsatisfiable);
    }

    /** RFC 9110, 13.2.2, steps 1 and 2. */
    private boolean holds() {
        var ifMatch = exchange.headers().getValuesList(HttpHeader.IF_MATCH);
        if (!ifMatch.isEmpty()) {
            return EntityTags.parse(ifMatch).matchesStrongly(representation.etag());
        }
        return date(HttpHeader.IF_UNMODIFIED_SINCE)
                .map(date -> !modifiedSecond().isAfter(date))
                .orElse(true);
    }

    /** RFC 9110, 13.2.2, steps 3 and 4. */
    private boolean isKnown() {
        var ifNoneMatch = exchange.headers().getValuesList(HttpHeader.IF_NONE_MATCH);
        if (!ifNoneMatch.isEmpty()) {
            return EntityTags.parse(ifNoneMatch).matchesWeakly(representation.etag());
        }
        return date(HttpHeader.IF_MODIFIED_SINCE)
                .map(date -> !modifiedSecond().isAfter(date))
                .orElse(false);
    }

    /** RFC 9110, 13.2.2, step 5. */
    private Optional<ByteRange> range() {
        if (!exchange.method().equals("GET")) {
            return Optional.empty();
        }
        return exchange.header("Range").filter(range -> rangeStillFits()).flatMap(ByteRange::parse);
    }

    private boolean rangeStillFits() {
        var ifRange = exchange.header("If-Range");
        if (ifRange.isEmpty() || ifRange.get().equals(representation.etag())) {
            return true;
        }
        return representation.immutable()
                && date(HttpHeader.IF_RANGE).filter(modifiedSecond()::equals).isPresent();
    }

    private Answer part(ByteRange.Slice slice) {
        long last = slice.offsetBytes() + slice.lengthBytes() - 1;
        var headers =
                headers().add(HttpHeader.CONTENT_RANGE, "bytes " + slice.offsetBytes() + "-" + last + "/" + length());
        return Answer.of(206, headers, representation.content().slice(slice));
    }

    private Refusal unsatisfiable() {
        return Refusal.of(
                Code.RANGE_NOT_SATISFIABLE,
                "The file has " + length() + " bytes and none in the range asked for.",
                new HttpField(HttpHeader.CONTENT_RANGE, "bytes */" + length()));
    }

    private HttpFields.Mutable headers() {
        return validators()
                .add(HttpHeader.CONTENT_TYPE, representation.contentType())
                .add(ACCEPT_RANGES);
    }

    private HttpFields.Mutable validators() {
        return HttpFields.build()
                .add(HttpHeader.ETAG, representation.etag())
                .add(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(representation.lastModified()))
                .add(HttpHeader.CACHE_CONTROL, representation.cacheControl());
    }

    private long length() {
        return representation.content().lengthBytes();
    }

    private Instant modifiedSecond() {
        return representation.lastModified().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A header that is a date; one that cannot be read counts as absent. */
    private Optional<Instant> date(HttpHeader name) {
        var value = exchange.headers().get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(HttpDateTime.parse(value).toInstant());
        } catch (IllegalArgumentException e) {
            // RFC 9110, 13.1.3: a recipient ignores a date that is not one.
            return Optional.empty();
        }
    }
}
