package dev.bulla.conda.name;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.regex.Pattern;

/**
 * What one kind of name may look like.
 *
 * @param kind what the name names, for the message
 * @param pattern what the whole name must match
 * @param maxLength in characters
 * @param allowed the pattern in words
 */
record NameRule(String kind, Pattern pattern, int maxLength, String allowed) {
    static NameRule of(String kind, String pattern, int maxLength, String allowed) {
        return new NameRule(kind, Pattern.compile(pattern), maxLength, allowed);
    }

    void check(String text) {
        if (text.length() > maxLength) {
            throw refused(text, "has " + text.length() + " characters; at most " + maxLength + " are allowed");
        }
        if (!pattern.matcher(text).matches()) {
            throw refused(text, "is not allowed: " + allowed);
        }
    }

    ProblemException refused(String text, String why) {
        return new ProblemException(Code.NAME_INVALID, kind + " " + Excerpt.of(text) + " " + why);
    }
}
