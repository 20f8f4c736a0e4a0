package dev.bulla.cli.output;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as JSON (RFC 8259), two spaces a level.
 *
 * <p>Takes maps in their own order, collections, strings, numbers, booleans and null; anything else is written as the
 * string it calls itself. It writes only what commands answer: nothing here is ever signed.
 */
public final class JsonText {
    private final StringBuilder out = new StringBuilder(256);

    private JsonText() {}

    /** The text of {@code value}, without a newline at its end. */
    public static String of(@Nullable Object value) {
        var text = new JsonText();
        text.value(value, "\n");
        return text.out.toString();
    }

    private void value(@Nullable Object value, String newline) {
        switch (value) {
            case null -> out.append("null");
            case Boolean bool -> out.append(bool.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> out.append(number.longValue());
            case Map<?, ?> map -> object(map, newline);
            case Collection<?> list -> array(list, newline);
            default -> string(value.toString());
        }
    }

    private void object(Map<?, ?> map, String newline) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        String inner = newline + "  ";
        char open = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(open).append(inner);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), inner);
            open = ',';
        }
        out.append(newline).append('}');
    }

    private void array(Collection<?> list, String newline) {
        Iterator<?> items = list.iterator();
        if (!items.hasNext()) {
            out.append("[]");
            return;
        }
        String inner = newline + "  ";
        char open = '[';
        while (items.hasNext()) {
            out.append(open).append(inner);
            value(items.next(), inner);
            open = ',';
        }
        out.append(newline).append(']');
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isSurrogate(c) || !PlainText.isShown(c)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
