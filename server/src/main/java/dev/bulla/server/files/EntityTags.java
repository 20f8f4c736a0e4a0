package dev.bulla.server.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The list of ETags in {@code If-None-Match} or {@code If-Match} (RFC 9110, 8.8.3), or {@code *} for any. */
record EntityTags(boolean any, List<String> tags) {
    private static final Pattern TAG =
            Pattern.compile("[ \t,]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \t]*(?:,|$)");

    /** The values of all lines of the header. What is not an ETag ends the list and matches nothing. */
    static EntityTags parse(List<String> values) {
        var joined = String.join(",", values);
        if (joined.strip().equals("*")) {
            return new EntityTags(true, List.of());
        }
        var tags = new ArrayList<String>();
        var matcher = TAG.matcher(joined);
        while (matcher.lookingAt()) {
            tags.add(matcher.group(1));
            matcher.region(matcher.end(), joined.length());
        }
        return new EntityTags(false, List.copyOf(tags));
    }

    /** Whether one of them is this strong tag, or its weak twin: what {@code If-None-Match} asks. */
    boolean matchesWeakly(String strongTag) {
        return any || tags.contains(strongTag) || tags.contains("W/" + strongTag);
    }

    /** Whether one of them is exactly this strong tag: what {@code If-Match} asks. */
    boolean matchesStrongly(String strongTag) {
        return any || tags.contains(strongTag);
    }
}
