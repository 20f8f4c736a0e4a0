package dev.bulla.conda.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.BuildString;
import dev.bulla.conda.name.Excerpt;
import dev.bulla.conda.name.PackageName;
import dev.bulla.conda.name.Subdir;
import dev.bulla.conda.name.Version;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * The rules for the members of {@code info/index.json}. A type that one client refuses would make it refuse the whole
 * index, so types are strict; spellings that every client takes are let through as they are.
 */
final class IndexJsonRules {
    /** What only a channel may say about a package: inside the package it would be believed by some client. */
    private static final Set<String> OF_THE_CHANNEL = Set.of(
            "md5", "sha256", "size", "fn", "url", "channel", "indexed_timestamp", "attestations_sha256", "revoked");

    private static final Set<String> NOARCH = Set.of("\"generic\"", "\"python\"", "true", "false", "null");

    /** The last second of the year 9999: larger numbers are milliseconds. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    /** The last second of 9999-12-29: one client knows no time much later and then refuses the index. */
    private static final long LAST_TIME_MILLIS = 253_402_127_999_999L;

    private static final long MAX_EXACT_IN_DOUBLE = 1L << 53;

    /**
     * What every client can compare: an epoch, parts between {@code .} and {@code _}, none of them empty, and the same
     * after {@code +}. One or two {@code _} may end it. Numbers fit into 64 bits.
     */
    private static final Pattern COMPARABLE_VERSION = Pattern.compile(
            "(?!.*[0-9]{19})([0-9]+!)?[a-z0-9]+([._][a-z0-9]+)*([._]?_)?([+][a-z0-9]+([._][a-z0-9]+)*)?");

    /**
     * A channel before colons, and the name, in ASCII. What does not begin so, also after its last colon, libmamba leaves
     * out of the record; conda leaves out the record.
     */
    private static final Pattern SPEC =
            Pattern.compile("(?!.*:([ =<>!~]|$))([^: ]*:[^: ]*:)?[A-Za-z0-9_.*-]+([ =<>!~\\[].*)?");

    private final JsonMembers members;
    private final List<Problem> problems = new ArrayList<>();

    private IndexJsonRules(JsonMembers members) {
        this.members = members;
    }

    static JsonMembers withDefaults(JsonMembers members) {
        var withNumber = members.has("build_number") ? members : members.with("build_number", "0");
        return withNumber.has("depends") ? withNumber : withNumber.with("depends", "[]");
    }

    static List<Problem> check(JsonMembers members) {
        var rules = new IndexJsonRules(members);
        rules.run();
        return rules.problems;
    }

    /** What a channel says about the package is not looked at. */
    static List<Problem> checkRecord(JsonMembers record) {
        return check(record.without(OF_THE_CHANNEL));
    }

    private void run() {
        required("name", PackageName::parse);
        required("version", IndexJsonRules::comparable);
        required("build", BuildString::parse);
        required("subdir", Subdir::parse);
        wholeNumber("build_number", any -> {});
        wholeNumber("timestamp", this::timestamp);
        schemaVersion();
        thirdRevision();
        specs("depends");
        specs("constrains");
        List.of("license", "license_family", "features", "python_site_packages_path")
                .forEach(this::stringOrNull);
        trackFeatures();
        if (!NOARCH.contains(members.text("noarch").orElse("null"))) {
            refuse("noarch", "must be \"generic\" or \"python\"");
        }
        OF_THE_CHANNEL.stream()
                .filter(members::has)
                .sorted()
                .forEach(name -> refuse(name, "is for the channel to say"));
    }

    static long millis(long timestamp) {
        return timestamp > MAX_SECONDS ? timestamp : timestamp * 1000;
    }

    private void required(String name, Consumer<String> parse) {
        guarded(name, () -> members.string(name).ifPresentOrElse(parse, () -> refuse(name, "is missing")));
    }

    private void wholeNumber(String name, LongConsumer furtherRule) {
        guarded(
                name,
                () -> members.integer(name).ifPresent(number -> {
                    if (number < 0 || number > MAX_EXACT_IN_DOUBLE) {
                        refuse(name, "must be a whole number from 0 to 2^53, not " + number);
                    } else {
                        furtherRule.accept(number);
                    }
                }));
    }

    private void timestamp(long number) {
        if (millis(number) > LAST_TIME_MILLIS) {
            refuse("timestamp", "is later than the year 9999: " + number);
        }
    }

    /** Versions that a client cannot compare make it refuse the record, or the whole request. */
    private static void comparable(String text) {
        Version.parse(text);
        if (!COMPARABLE_VERSION.matcher(text).matches()) {
            throw new ProblemException(
                    Code.METADATA_INVALID,
                    Excerpt.of(text) + " cannot be compared: expected [EPOCH!]PART[.PART…][+PART[.PART…]]");
        }
    }

    private void schemaVersion() {
        guarded(
                "schema_version",
                () -> members.integer("schema_version")
                        .filter(version -> version < 1 || version > 3)
                        .ifPresent(version -> refuse("schema_version", "must be 1, 2 or 3, not " + version)));
    }

    /** What the third revision adds (CEP 44 and 45). */
    private void thirdRevision() {
        guarded("flags", () -> members.strings("flags"));
        guarded(
                "extra_depends",
                () -> members.text("extra_depends").ifPresent(text -> {
                    var extras = JsonMembers.parse(text.getBytes(UTF_8), JsonBounds.SMALL);
                    extras.names().forEach(extras::strings);
                }));
    }

    private void specs(String name) {
        guarded(
                name,
                () -> members.strings(name).stream()
                        .flatMap(List::stream)
                        .filter(spec -> spec.chars().anyMatch(Character::isISOControl)
                                || !SPEC.matcher(spec).matches())
                        .forEach(
                                spec -> refuse(name, "has " + Excerpt.of(spec) + ", which is no match specification")));
    }

    private void stringOrNull(String name) {
        if (!members.text(name).orElse("null").equals("null")) {
            guarded(
                    name,
                    () -> members.string(name)
                            .filter(IndexJsonRules::hasControl)
                            .ifPresent(any -> refuse(name, "has a control character")));
        }
    }

    /** libmamba ends a text at the first NUL, and then its signature does not fit; terminals obey the others. */
    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && "\t\n\r".indexOf(c) < 0);
    }

    /** A string as a rule, a list of strings in old packages; with null, conda's solver fails for all packages. */
    private void trackFeatures() {
        guarded("track_features", () -> {
            if (members.text("track_features").orElse("").startsWith("[")) {
                members.strings("track_features");
            } else {
                members.string("track_features");
            }
        });
    }

    private void guarded(String name, Runnable rule) {
        try {
            rule.run();
        } catch (InvalidJsonException e) {
            refuse(name, "has another type: " + e.getMessage());
        } catch (ProblemException e) {
            refuse(name, "is not allowed: " + e.problem().detail());
        }
    }

    private void refuse(String name, String why) {
        problems.add(new Problem(Code.METADATA_INVALID, IndexJson.PATH + ": member " + name + " " + why));
    }
}
