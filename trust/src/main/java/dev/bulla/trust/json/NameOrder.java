package dev.bulla.trust.json;

import java.util.Collection;
import java.util.Map;

/**
 * The order of names: by Unicode code point, which is also that of their UTF-8 bytes. {@link String#compareTo} compares
 * UTF-16 units and puts U+E000 to U+FFFF after the astral characters.
 */
final class NameOrder {
    private NameOrder() {}

    /** The members of this object in order; most objects are held in order, so that is tried first. */
    static Collection<Map.Entry<String, Json>> sorted(JsonObject object) {
        String before = null;
        for (var name : object.members().keySet()) {
            if (before != null && compare(before, name) > 0) {
                return object.members().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(NameOrder::compare))
                        .toList();
            }
            before = name;
        }
        return object.members().entrySet();
    }

    static int compare(String left, String right) {
        var shorter = Math.min(left.length(), right.length());
        for (var i = 0; i < shorter; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return compareFrom(left, right, i);
            }
        }
        return left.length() - right.length();
    }

    /** Compares the code points at the first unit that differs, or that end there. */
    private static int compareFrom(String left, String right, int i) {
        var start = i > 0 && Character.isHighSurrogate(left.charAt(i - 1)) ? i - 1 : i;
        var order = Integer.compare(left.codePointAt(start), right.codePointAt(start));
        return order != 0 ? order : Integer.compare(left.codePointAt(i), right.codePointAt(i));
    }
}
