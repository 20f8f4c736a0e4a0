package dev.bulla.conda.name;

/** Foreign text made fit for a message: in quotes, at most 80 characters, control characters and the like escaped. */
public final class Excerpt {
    private static final int LENGTH = 80;

    private Excerpt() {}

    /** The excerpt of this text. */
    public static String of(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints().limit(LENGTH).forEach(point -> append(shown, point));
        if (text.codePointCount(0, text.length()) > LENGTH) {
            shown.append('…');
        }
        return shown.append('"').toString();
    }

    private static void append(StringBuilder shown, int point) {
        if (point == '"' || point == '\\') {
            shown.append('\\').appendCodePoint(point);
        } else if (isPlain(point)) {
            shown.appendCodePoint(point);
        } else {
            shown.append("\\u{").append(Integer.toHexString(point)).append('}');
        }
    }

    /** Controls, direction marks, separators and lone surrogates could make a line read as something else. */
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
