package dev.bulla.conda.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import dev.bulla.conda.name.Subdir;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of a document around its blocks: {@code head}, the sections one after the other, {@code tail}.
 *
 * @param form which document it is
 * @param head what comes first
 * @param sections as many as the form has
 * @param tail what comes last
 */
record Layout(IndexForm form, String head, List<Section> sections, String tail) {
    private static final int ALWAYS = 0;
    private static final int SIGNATURES = 1;
    private static final int V3 = 2;

    private static final List<Section> REPODATA = List.of(
            new Section(",\"packages\":{", "}", ALWAYS),
            new Section(",\"packages.conda\":{", "}", ALWAYS),
            new Section(",\"removed\":[", "],\"repodata_version\":1", ALWAYS),
            new Section(",\"signatures\":{", "}", SIGNATURES),
            new Section(",\"v3\":{\"conda\":{", "}", V3),
            new Section(",\"tar.bz2\":{", "}}", V3));

    private static final List<Section> RUN_EXPORTS =
            List.of(new Section(",\"packages\":{", "}", ALWAYS), new Section(",\"packages.conda\":{", "}", ALWAYS));

    /**
     * A part that is made of blocks, joined by commas.
     *
     * @param open the text before the blocks
     * @param close the text after them
     * @param group 0, or the group of neighbours that are left out together when none of them has a block
     */
    record Section(String open, String close, int group) {
        private static final Section LEFT_OUT = new Section("", "", ALWAYS);

        byte[] openUtf8() {
            return open.getBytes(UTF_8);
        }

        byte[] closeUtf8() {
            return close.getBytes(UTF_8);
        }
    }

    Layout {
        sections = List.copyOf(sections);
        if (sections.size() != form.sections()) {
            throw new IllegalArgumentException(form + " has " + form.sections() + " sections");
        }
    }

    /** CEP 36 and 48, with this value of {@code info}. */
    static Layout repodata(IndexForm form, byte[] infoJson) {
        if (infoJson.length < 2 || infoJson[0] != '{' || infoJson[infoJson.length - 1] != '}') {
            throw new IllegalArgumentException("info is no JSON object");
        }
        return new Layout(form, "{\"info\":" + new String(infoJson, UTF_8), REPODATA, "}");
    }

    /** CEP 12, whose example has version 0; the indexers that write it say 1. */
    static Layout runExports(Subdir subdir) {
        var words = subdir.text().split("-", 2);
        var info = "{\"arch\":\"%s\",\"platform\":\"%s\",\"subdir\":\"%s\",\"version\":1}"
                .formatted(arch(words[words.length - 1]), words[0], subdir);
        return new Layout(IndexForm.RUN_EXPORTS, "{\"info\":" + info, RUN_EXPORTS, "}");
    }

    /** In subdirs the two oldest architectures are numbers. */
    private static String arch(String word) {
        return switch (word) {
            case "64" -> "x86_64";
            case "32" -> "x86";
            default -> word;
        };
    }

    /** CEP 38. */
    static Layout channeldata(List<Subdir> subdirs) {
        var list = subdirs.stream()
                .map(subdir -> JsonMembers.quoted(subdir.text()))
                .collect(Collectors.joining(",", ",\"subdirs\":[", "]}"));
        var packages = new Section(",\"packages\":{", "}", ALWAYS);
        return new Layout(IndexForm.CHANNELDATA, "{\"channeldata_version\":1", List.of(packages), list);
    }

    /** The text around these blocks: sections that are left out have none. */
    List<Section> around(BlockTable table) {
        var filled = IntStream.range(0, sections.size())
                .filter(section -> table.sectionBytes(section) > 0)
                .mapToObj(section -> sections.get(section).group())
                .collect(Collectors.toSet());
        return sections.stream()
                .map(text -> text.group() == ALWAYS || filled.contains(text.group()) ? text : Section.LEFT_OUT)
                .toList();
    }

    /** The section that lists archives of this type, in every form that has a section for each. */
    static int section(ArchiveType type) {
        return switch (type) {
            case TAR_BZ2 -> 0;
            case CONDA -> 1;
        };
    }

    byte[] headUtf8() {
        return head.getBytes(UTF_8);
    }

    byte[] tailUtf8() {
        return tail.getBytes(UTF_8);
    }
}
