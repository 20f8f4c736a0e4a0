package dev.bulla.conda.name;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Orders versions as conda's solvers do: the epoch before {@code !} first, then the parts between dots, then those after
 * {@code +}. A part is runs of digits and of letters, and begins with a number, 0 if it has none. Numbers compare as
 * numbers, words come before numbers, {@code dev} before all other words and {@code post} after all numbers; a part that is
 * missing is 0. So {@code 1.0dev < 1.0a1 < 1.0rc1 < 1.0 = 1 < 1.0post1 < 1.0.1}.
 */
public final class VersionOrder implements Comparator<Version> {
    /** The order. */
    public static final VersionOrder CONDA = new VersionOrder();

    private static final Pattern RUN = Pattern.compile("[0-9]+|[^0-9]+");
    private static final Token ZERO = new Token(Kind.NUMBER, BigInteger.ZERO, "");

    private VersionOrder() {}

    /** In their order: what a run of characters is. */
    private enum Kind {
        DEV,
        WORD,
        NUMBER,
        POST
    }

    private record Token(Kind kind, BigInteger number, String word) implements Comparable<Token> {
        static Token of(String run) {
            if (Character.isDigit(run.charAt(0))) {
                return new Token(Kind.NUMBER, new BigInteger(run), "");
            }
            return switch (run) {
                case "dev" -> new Token(Kind.DEV, BigInteger.ZERO, "");
                case "post" -> new Token(Kind.POST, BigInteger.ZERO, "");
                default -> new Token(Kind.WORD, BigInteger.ZERO, run);
            };
        }

        @Override
        public int compareTo(Token other) {
            if (kind != other.kind) {
                return kind.compareTo(other.kind);
            }
            var numbers = number.compareTo(other.number);
            return numbers != 0 ? numbers : word.compareTo(other.word);
        }
    }

    private record Parsed(List<List<Token>> release, List<List<Token>> local) {
        static Parsed of(String version) {
            var plus = version.indexOf('+');
            var release = plus < 0 ? version : version.substring(0, plus);
            var bang = release.indexOf('!');
            var parts = new ArrayList<List<Token>>();
            parts.add(tokens(bang < 0 ? "0" : release.substring(0, bang)));
            parts.addAll(parts(release.substring(bang + 1)));
            return new Parsed(parts, plus < 0 ? List.of() : parts(version.substring(plus + 1)));
        }

        /** An underscore is a dot, but at the end. */
        private static List<List<Token>> parts(String text) {
            var last = Math.max(text.length() - 1, 0);
            var dotted = text.substring(0, last).replace('_', '.') + text.substring(last);
            var parts = new ArrayList<List<Token>>();
            for (var part : dotted.split("\\.", -1)) {
                parts.add(tokens(part));
            }
            return parts;
        }

        private static List<Token> tokens(String part) {
            var tokens = new ArrayList<Token>();
            RUN.matcher(part).results().map(run -> Token.of(run.group())).forEach(tokens::add);
            if (tokens.isEmpty() || !Character.isDigit(part.charAt(0))) {
                tokens.addFirst(ZERO);
            }
            return tokens;
        }
    }

    @Override
    public int compare(Version one, Version other) {
        var left = Parsed.of(one.text());
        var right = Parsed.of(other.text());
        var releases = compare(left.release(), right.release());
        return releases != 0 ? releases : compare(left.local(), right.local());
    }

    private static int compare(List<List<Token>> left, List<List<Token>> right) {
        for (var i = 0; i < Math.max(left.size(), right.size()); i++) {
            var parts = compareParts(part(left, i), part(right, i));
            if (parts != 0) {
                return parts;
            }
        }
        return 0;
    }

    private static int compareParts(List<Token> left, List<Token> right) {
        for (var i = 0; i < Math.max(left.size(), right.size()); i++) {
            var tokens = token(left, i).compareTo(token(right, i));
            if (tokens != 0) {
                return tokens;
            }
        }
        return 0;
    }

    private static List<Token> part(List<List<Token>> parts, int index) {
        return index < parts.size() ? parts.get(index) : List.of();
    }

    private static Token token(List<Token> part, int index) {
        return index < part.size() ? part.get(index) : ZERO;
    }
}
