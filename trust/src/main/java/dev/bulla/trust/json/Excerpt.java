package dev.bulla.trust.json;

/** Untrusted text, made fit for a message: short, and printable ASCII only. */
public final class Excerpt {
    private static final int LONGEST = 80;

    private Excerpt() {}

    /** The first {@value #LONGEST} characters of it, others than printable ASCII as {@code ?}. */
    public static String of(String text) {
        var shown = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        for (var i = 0; i < text.length() && i < LONGEST; i++) {
            var c = text.charAt(i);
            shown.append(c >= ' ' && c < 0x7F ? c : '?');
        }
        return text.length() > LONGEST ? shown.append('…').toString() : shown.toString();
    }
}
