package dev.bulla.conda.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of CEP 26, each from both sides. */
class NamesTest {
    private static final String LETTERS_64 = "a".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"zlib", "_r-mutex", "7zip", "a", "_", "ruamel.yaml", "foo-", "a-b_c.d"})
    void a_package_name_of_lower_case_words_is_accepted(String name) {
        assertEquals(name, PackageName.parse(name).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "__glibc", "Zlib", "-zlib", ".zlib", "a--b", "a-_b", "_-a", "zlib/..", "zlib\n", "žlib", "a b"
            })
    void a_package_name_that_breaks_the_rule_is_refused(String name) {
        assertRefused(PackageName::parse, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.3.1", "2024a", "1!2.0+cu12.post1", "0_rc"})
    void a_version_of_its_characters_is_accepted(String version) {
        assertEquals(version, Version.parse(version).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0-1", "1.0RC", "1/0", "1.0 ", "1.0\u0000"})
    void a_version_with_another_character_is_refused(String version) {
        assertRefused(Version::parse, version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "py312h5E_1", "h_0+x.y"})
    void a_build_string_of_its_characters_is_accepted(String build) {
        assertEquals(build, BuildString.parse(build).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a-0", "a/0", "!", " "})
    void a_build_string_with_another_character_is_refused(String build) {
        assertRefused(BuildString::parse, build);
    }

    @Test
    void names_versions_and_builds_end_at_64_characters() {
        assertEquals(LETTERS_64, PackageName.parse(LETTERS_64).text());
        assertEquals(LETTERS_64, Version.parse(LETTERS_64).text());
        assertEquals(LETTERS_64, BuildString.parse(LETTERS_64).text());
        assertRefused(PackageName::parse, LETTERS_64 + "a");
        assertRefused(Version::parse, LETTERS_64 + "a");
        assertRefused(BuildString::parse, LETTERS_64 + "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"noarch", "linux-64", "linux-fake", "zos-z"})
    void a_subdir_is_noarch_or_two_words(String subdir) {
        assertEquals(subdir, Subdir.parse(subdir).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "Linux-64", "linux-64-x", "linux_64", "..", "noarch/", "content-trust"})
    void another_subdir_is_refused(String subdir) {
        assertRefused(Subdir::parse, subdir);
    }

    @Test
    void a_subdir_ends_at_32_characters() {
        assertEquals(
                32, Subdir.parse("a".repeat(16) + "-" + "b".repeat(15)).text().length());
        assertRefused(Subdir::parse, "a".repeat(16) + "-" + "b".repeat(16));
    }

    @Test
    void the_known_subdirs_are_the_platforms_of_condas_clients() {
        assertTrue(Subdir.parse("osx-arm64").isKnown());
        assertTrue(Subdir.KNOWN.contains(Subdir.NOARCH));
        assertEquals(false, Subdir.parse("linux-fake").isKnown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "conda-forge", "_x", "a.b", "0"})
    void a_channel_name_is_one_segment_of_an_address(String channel) {
        assertEquals(channel, ChannelName.parse(channel).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".hidden", "-x", "Main", "a/b", "..", "a%2f", "api", "t", "healthz", "noarch", "linux-64"})
    void a_channel_name_that_is_reserved_or_no_segment_is_refused(String channel) {
        assertRefused(ChannelName::parse, channel);
    }

    @Test
    void a_channel_name_ends_at_128_characters() {
        assertEquals(128, ChannelName.parse("a".repeat(128)).text().length());
        assertRefused(ChannelName::parse, "a".repeat(129));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "dev", "a/b.c/D-e", "x1"})
    void a_label_may_have_parts(String label) {
        assertEquals(label, Label.parse(label).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "/x", "x/", "a//b", "a/../b", "a/./b", "a/..", "a b", "nolabel"})
    void a_label_that_is_reserved_or_no_path_is_refused(String label) {
        assertRefused(Label::parse, label);
    }

    @Test
    void a_label_ends_at_128_characters() {
        assertEquals(128, Label.parse("a".repeat(128)).text().length());
        assertRefused(Label::parse, "a".repeat(129));
    }

    @Test
    void a_file_name_splits_at_the_last_two_dashes() {
        var name = ArchiveName.parse("r-base-4.4.1-h2b4_0.tar.bz2");
        assertEquals("r-base", name.name().text());
        assertEquals("4.4.1", name.version().text());
        assertEquals("h2b4_0", name.build().text());
        assertEquals(ArchiveType.TAR_BZ2, name.type());
        assertEquals("r-base-4.4.1-h2b4_0.tar.bz2", name.fileName());
        assertEquals("r-base-4.4.1-h2b4_0", name.stem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".conda",
                "zlib.conda",
                "zlib-1.0.conda",
                "-1.0-0.conda",
                "zlib--0.conda",
                "zlib-1.0-.conda",
                "zlib-1.0-0.zip",
                "zlib-1.0-0.CONDA",
                "zlib-1.0-0.conda ",
                "../zlib-1.0-0.conda",
                "zlib-1.0-0.conda\u0000"
            })
    void a_file_name_with_a_part_missing_or_wrong_is_refused(String fileName) {
        assertRefused(ArchiveName::parse, fileName);
    }

    @Test
    void a_file_name_over_211_characters_is_refused_before_its_parts_are_read() {
        assertTrue(refusal(ArchiveName::parse, "a".repeat(206) + ".conda").contains("212 characters"));
    }

    @Test
    void a_refusal_shows_the_name_without_letting_it_speak() {
        assertEquals(
                "package name \"a\\u{a}b\\u{202e}\" is not allowed: lower-case letters, digits and single . _ - between"
                        + " them; it starts with a letter, a digit or one _",
                refusal(PackageName::parse, "a\nb\u202e"));
    }

    private static void assertRefused(Function<String, ?> parse, String text) {
        refusal(parse, text);
    }

    private static String refusal(Function<String, ?> parse, String text) {
        var refused = assertThrows(ProblemException.class, () -> parse.apply(text));
        assertEquals(Code.NAME_INVALID, refused.problem().code());
        return refused.problem().detail();
    }
}
