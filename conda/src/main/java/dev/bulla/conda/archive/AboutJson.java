package dev.bulla.conda.archive;

import dev.bulla.conda.json.InvalidJsonException;
import dev.bulla.conda.json.JsonBounds;
import dev.bulla.conda.json.JsonMembers;
import java.util.List;

/**
 * What {@code info/about.json} says for people, as far as {@code channeldata.json} repeats it (CEP 38). Each member is
 * a string or a list of strings of at most 65,536 characters together; what is not so is left out. Nothing in the file
 * can make a package be refused.
 *
 * @param members those that are there
 */
public record AboutJson(JsonMembers members) {
    /** Where it stands in a package that has it. */
    public static final String PATH = "info/about.json";

    /** Of a package without the file. */
    public static final AboutJson NONE = new AboutJson(JsonMembers.EMPTY);

    private static final int MAX_LENGTH = 1 << 16;
    private static final List<String> NAMES = List.of(
            "description",
            "dev_url",
            "doc_source_url",
            "doc_url",
            "home",
            "identifiers",
            "keywords",
            "license",
            "license_family",
            "recipe_origin",
            "source_git_url",
            "source_url",
            "summary",
            "tags");

    static AboutJson parse(byte[] utf8) {
        try {
            return new AboutJson(kept(JsonMembers.parse(utf8, JsonBounds.SMALL)));
        } catch (InvalidJsonException e) {
            return NONE; // said above: it is for people only
        }
    }

    private static JsonMembers kept(JsonMembers members) {
        var kept = JsonMembers.EMPTY;
        for (var name : NAMES) {
            var text = members.text(name).orElse("null");
            if (text.length() <= MAX_LENGTH && isTextual(members, name, text)) {
                kept = kept.with(name, text);
            }
        }
        return kept;
    }

    private static boolean isTextual(JsonMembers members, String name, String text) {
        try {
            return text.startsWith("\"")
                    || (text.startsWith("[") && members.strings(name).isPresent());
        } catch (InvalidJsonException e) {
            return false; // a list of other things
        }
    }
}
