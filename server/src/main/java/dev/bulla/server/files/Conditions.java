package dev.bulla.server.files;

import dev.bulla.problem.Code;
import dev.bulla.server.exchange.Answer;
import dev.bulla.server.exchange.Exchange;
import dev.bulla.server.exchange.Refusal;
import dev.bulla.server.files.Representation.Validators;
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
 * for immutable files: an index may change twice within the second that a date can tell (8.8.2.2). Where there are no
 * validators, no entity tag matches, and no date counts.
 */
final class Conditions {
    private static final HttpField ACCEPT_RANGES = new HttpField(HttpHeader.ACCEPT_RANGES, "bytes");
    private static final HttpField VARY = new HttpField(HttpHeader.VARY, "Accept-Encoding");
    private static final HttpField GZIP = new HttpField(HttpHeader.CONTENT_ENCODING, "gzip");
    private static final HttpField ZSTD = new HttpField(HttpHeader.CONTENT_ENCODING, "zstd");

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
            throw Refusal.of(Code.PRECONDITION_FAILED, "The file is now " + etag().orElse("without an ETag") + ".");
        }
        if (isKnown()) {
            return Answer.of(304, cachingHeaders(), new Answer.Nothing());
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
            var tags = EntityTags.parse(ifMatch);
            return etag().map(tags::matchesStrongly).orElse(tags.any());
        }
        return notModifiedAfter(HttpHeader.IF_UNMODIFIED_SINCE).orElse(true);
    }

    /** RFC 9110, 13.2.2, steps 3 and 4. */
    private boolean isKnown() {
        var ifNoneMatch = exchange.headers().getValuesList(HttpHeader.IF_NONE_MATCH);
        if (!ifNoneMatch.isEmpty()) {
            var tags = EntityTags.parse(ifNoneMatch);
            return etag().map(tags::matchesWeakly).orElse(tags.any());
        }
        return notModifiedAfter(HttpHeader.IF_MODIFIED_SINCE).orElse(false);
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
        if (ifRange.isEmpty() || ifRange.equals(etag())) {
            return true;
        }
        return validators().filter(Validators::immutable).isPresent()
                && date(HttpHeader.IF_RANGE).equals(modifiedSecond());
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
        var headers = cachingHeaders()
                .add(HttpHeader.CONTENT_TYPE, representation.contentType())
                .add(ACCEPT_RANGES);
        return switch (representation.coding()) {
            case FIXED, IDENTITY -> headers;
            case GZIP -> headers.add(GZIP);
            case ZSTD -> headers.add(ZSTD);
        };
    }

    private HttpFields.Mutable cachingHeaders() {
        var headers = HttpFields.build();
        validators()
                .ifPresent(kept -> headers.add(HttpHeader.ETAG, kept.etag())
                        .add(HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(kept.lastModified())));
        if (representation.coding() != Representation.Coding.FIXED) {
            headers.add(VARY);
        }
        return headers.add(HttpHeader.CACHE_CONTROL, representation.cacheControl());
    }

    private long length() {
        return representation.content().lengthBytes();
    }

    private Optional<Validators> validators() {
        return Optional.ofNullable(representation.validators());
    }

    private Optional<String> etag() {
        return validators().map(Validators::etag);
    }

    private Optional<Instant> modifiedSecond() {
        return validators().map(kept -> kept.lastModified().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Empty when either the file or the header has no date. */
    private Optional<Boolean> notModifiedAfter(HttpHeader name) {
        return modifiedSecond().flatMap(modified -> date(name).map(date -> !modified.isAfter(date)));
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
