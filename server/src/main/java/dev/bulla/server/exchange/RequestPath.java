package dev.bulla.server.exchange;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a request: its segments, each percent-decoded exactly once, without the {@code /t/<token>/} that any
 * address may begin with.
 *
 * <p>Two spellings of one address are an attacker's tool, so everything that some other server or proxy might read in
 * another way is refused: empty segments, {@code .} and {@code ..}, slashes and control characters however encoded, and
 * characters outside RFC 3986's {@code pchar}. A slash at the end is kept as an empty last segment, which no route has.
 */
public final class RequestPath {
    private static final String UNENCODED = "-._~!$&'()*+,=:@";
    private static final Pattern OUR_TOKEN = Pattern.compile("bulla-[0-9A-Za-z]{8,}");
    private static final String MASK = "***";

    private final List<String> segments;
    private final @Nullable String token;

    private RequestPath(List<String> segments, @Nullable String token) {
        this.segments = List.copyOf(segments);
        this.token = token;
    }

    /**
     * The path as it stands in the request line, without its query.
     *
     * @throws ProblemException {@code BAD_REQUEST} when it has more than one reading
     */
    public static RequestPath parse(String raw) {
        var all = segmentsOf(raw);
        if (all.size() >= 2 && all.getFirst().equals("t") && !all.get(1).isEmpty()) {
            return new RequestPath(all.subList(2, all.size()), all.get(1));
        }
        return new RequestPath(all, null);
    }

    /** The segments after the token prefix; none for {@code /}. */
    public List<String> segments() {
        return segments;
    }

    /** What stood as {@code <token>} in {@code /t/<token>/}; not checked to be one. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** The path for people and logs: the prefix's token, and whatever looks like a token of ours, is masked. */
    public String masked() {
        var text = new StringBuilder(token == null ? "" : "/t/" + MASK);
        segments.forEach(segment -> text.append('/').append(maskedSegment(segment)));
        return text.isEmpty() ? "/" : text.toString();
    }

    /** As {@link #masked}. */
    @Override
    public String toString() {
        return masked();
    }

    private static String maskedSegment(String segment) {
        return segment.contains("bulla-") ? OUR_TOKEN.matcher(segment).replaceAll(MASK) : segment;
    }

    private static List<String> segmentsOf(String raw) {
        if (!raw.startsWith("/")) {
            throw malformed("it must begin with a slash");
        }
        var segments = new ArrayList<String>();
        if (raw.length() == 1) {
            return segments;
        }
        int start = 1;
        for (int slash = raw.indexOf('/', start); slash >= 0; slash = raw.indexOf('/', start)) {
            segments.add(innerSegment(raw.substring(start, slash)));
            start = slash + 1;
        }
        segments.add(decoded(raw.substring(start)));
        return segments;
    }

    private static String innerSegment(String raw) {
        if (raw.isEmpty()) {
            throw malformed("it has an empty segment");
        }
        return decoded(raw);
    }

    private static String decoded(String raw) {
        var segment = raw.indexOf('%') < 0 ? raw : percentDecoded(raw);
        if (segment.equals(".") || segment.equals("..")) {
            throw malformed("it has a dot segment");
        }
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '%' && !isUnencoded(raw.charAt(i))) {
                throw malformed("it has a character that must be percent-encoded");
            }
        }
        return segment;
    }

    private static boolean isUnencoded(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || UNENCODED.indexOf(c) >= 0;
    }

    private static String percentDecoded(String raw) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.put((byte) c);
                continue;
            }
            if (i + 2 >= raw.length()) {
                throw malformed("a percent sign is not followed by two hexadecimal digits");
            }
            bytes.put(hexByte(raw.charAt(i + 1), raw.charAt(i + 2)));
            i += 2;
        }
        return text(bytes.flip());
    }

    private static byte hexByte(char high, char low) {
        int value = Character.digit(high, 16) << 4 | Character.digit(low, 16);
        if (value < 0 || high > 'f' || low > 'f') {
            throw malformed("a percent sign is not followed by two hexadecimal digits");
        }
        if (value < 0x20 || value == 0x7f || value == '/' || value == '\\') {
            throw malformed("it hides a slash or a control character in a segment");
        }
        return (byte) value;
    }

    private static String text(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(Code.BAD_REQUEST, "The path cannot be read: it is not UTF-8.", e);
        }
    }

    private static ProblemException malformed(String reason) {
        return new ProblemException(Code.BAD_REQUEST, "The path cannot be read: " + reason + ".");
    }
}
