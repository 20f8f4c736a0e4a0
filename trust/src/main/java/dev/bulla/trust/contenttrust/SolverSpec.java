package dev.bulla.trust.contenttrust;

import java.util.Optional;

/**
 * A match specification in the words of libsolv, which is how libmamba gives it back: {@code NAME}, or {@code NAME
 * VERSION}, or {@code NAME VERSION BUILD}. Written with whatever spaces and equals signs, it becomes one of these:
 *
 * <table>
 *   <caption>examples</caption>
 *   <tr><td>{@code foo>=1, <2}</td><td>{@code foo >=1,<2}</td></tr>
 *   <tr><td>{@code main::Foo ==1.5}</td><td>{@code foo 1.5}</td></tr>
 *   <tr><td>{@code foo =1.5}</td><td>{@code foo 1.5*}</td></tr>
 *   <tr><td>{@code foo=1.5=h_*}</td><td>{@code foo 1.5 h_*}</td></tr>
 *   <tr><td>{@code foo ==1.5 h_0}</td><td>{@code foo ==1.5 h_0}</td></tr>
 * </table>
 */
final class SolverSpec {
    private static final String ENDS_NAME = " =<>!~";
    private static final String ENDS_BUILD = " -=,|<>~";

    /** After one of these a space or an equals sign does not begin a build. */
    private static final String OPERATORS = "=!|,<>~";

    private SolverSpec() {}

    /** The specification as libmamba gives it back; empty when libmamba takes it for none and leaves it out. */
    static Optional<String> of(String spec) {
        var text = spec.substring(spec.lastIndexOf(':') + 1); // channel and namespace do not count
        var nameEnd = firstOf(text, ENDS_NAME);
        if (nameEnd == 0) {
            return Optional.empty();
        }
        var name = lowerCase(text.substring(0, nameEnd));
        var rest = trimmed(text.substring(nameEnd));
        if (rest.isEmpty()) {
            return Optional.of(name.startsWith("^") || name.contains("*") ? name + " *" : name);
        }
        return Optional.of(name + " " + versionAndBuild(rest));
    }

    private static String versionAndBuild(String rest) {
        var build = buildStart(rest);
        return build < 0
                ? withoutSpaces(version(rest))
                : withoutSpaces(versionBeforeBuild(rest.substring(0, build - 1))) + " " + rest.substring(build);
    }

    /** Where the build begins, which is the last word that no operator joins to the version; -1 when there is none. */
    private static int buildStart(String rest) {
        var start = rest.length();
        while (true) {
            while (start > 0 && ENDS_BUILD.indexOf(rest.charAt(start - 1)) < 0) {
                start--;
            }
            if (start <= 1 || " =".indexOf(rest.charAt(start - 1)) < 0) {
                return -1;
            }
            if (OPERATORS.indexOf(rest.charAt(start - 2)) < 0) {
                return start < rest.length() ? start : -1;
            }
            if (rest.charAt(start - 1) == '=') {
                return -1;
            }
            start--; // a space after an operator belongs to what follows
        }
    }

    /** {@code ==V} is V; {@code =V} is V and what begins with it, when it stands alone. */
    private static String version(String version) {
        if (version.startsWith("==")) {
            return version.substring(2);
        }
        return version.startsWith("=") && firstOf(version.substring(1), "=,|") == version.length() - 1
                ? version.substring(1) + "*"
                : version;
    }

    private static String versionBeforeBuild(String version) {
        return version.startsWith("=") && !version.startsWith("==") ? version.substring(1) : version;
    }

    /** The first place of any of these characters; the length when there is none. */
    private static int firstOf(String text, String characters) {
        var at = 0;
        while (at < text.length() && characters.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static String lowerCase(String name) {
        var lower = new StringBuilder(name);
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }

    /** Without spaces at both ends; other white space stays. */
    private static String trimmed(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static String withoutSpaces(String version) {
        return version.replace(" ", "");
    }
}
