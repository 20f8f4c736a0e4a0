package dev.bulla.cli.output;

/** Text fit for a terminal: servers, mirrors and files may not move the cursor, colour what follows, or begin a line. */
final class PlainText {
    private PlainText() {}

    /** The text with {@code ?} for everything that is not shown as itself: controls, line ends, direction marks. */
    static String of(String text) {
        if (text.codePoints().allMatch(PlainText::isShown)) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> plain.appendCodePoint(isShown(point) ? point : '?'));
        return plain.toString();
    }

    static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
