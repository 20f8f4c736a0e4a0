package dev.bulla.conda.patch;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.Excerpt;

/** Which members of a record a patch may set, and to what: another type would make clients refuse the whole index. */
final class PatchRules {
    private PatchRules() {}

    static void check(String fileName, JsonMembers change) {
        for (var name : change.names()) {
            try {
                checkMember(name, change);
            } catch (InvalidJsonException e) {
                throw new InvalidJsonException(
                        Excerpt.of(fileName) + ": member " + Excerpt.of(name) + ": " + e.getMessage());
            }
        }
    }

    private static void checkMember(String name, JsonMembers change) {
        var text = change.text(name).orElseThrow();
        switch (name) {
            case "depends" -> change.strings(name);
            case "constrains", "purls" -> {
                if (!isNull(text)) {
                    change.strings(name);
                }
            }
            case "features", "license", "license_family" -> {
                if (!isNull(text)) {
                    change.string(name);
                }
            }
            case "track_features" -> {
                if (text.startsWith("[")) {
                    change.strings(name);
                } else if (!isNull(text)) {
                    change.string(name);
                }
            }
            default -> throw new InvalidJsonException("is not one that a patch may change");
        }
    }

    private static boolean isNull(String text) {
        return text.equals("null");
    }
}
