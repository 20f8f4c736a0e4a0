package dev.bulla.conda.repodata;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.conda.json.JsonMembers;
import dev.bulla.conda.name.ArchiveType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes a {@code repodata.json} from its parts, in this order: {@link #begin}, records of {@code .tar.bz2} archives,
 * records of {@code .conda} archives, removed names, signatures in the order of their records, {@link #end}; names
 * ascend. The same parts give the same bytes. The stream should be buffered; it is not closed here. Not safe to share
 * between threads.
 */
public final class RepodataWriter {
    private static final List<String> MEMBERS =
            List.of("packages", "packages.conda", "removed", "repodata_version", "signatures");
    private static final int REMOVED = MEMBERS.indexOf("removed");
    private static final int VERSION = MEMBERS.indexOf("repodata_version");
    private static final int SIGNATURES = MEMBERS.indexOf("signatures");

    private final OutputStream out;
    private int member;
    private int lastRank;
    private String lastName = "";

    private RepodataWriter(OutputStream out) {
        this.out = out;
    }

    /** Starts an index with this value of its member {@code info}. */
    public static RepodataWriter begin(OutputStream out, byte[] infoJson) throws IOException {
        var writer = new RepodataWriter(out);
        writer.text("{\"info\":");
        out.write(infoJson);
        writer.text(",\"packages\":{");
        return writer;
    }

    /** Adds a record, the bytes as given. */
    public void record(ArchiveType section, String fileName, byte[] json) throws IOException {
        entry(MEMBERS.indexOf(section.section()), 0, fileName);
        object(json);
    }

    /** Adds a name to the list of what was removed. */
    public void removed(String fileName) throws IOException {
        entry(REMOVED, 0, fileName);
    }

    /** Adds one file's signatures, the bytes as given; an index without any has no such member. */
    public void signatures(String fileName, byte[] json) throws IOException {
        entry(SIGNATURES, fileName.endsWith(ArchiveType.CONDA.extension()) ? 1 : 0, fileName);
        object(json);
    }

    /** Completes the document and flushes the stream. */
    public void end() throws IOException {
        advance(Math.max(member, VERSION));
        text(member == SIGNATURES ? "}}" : "}");
        out.flush();
    }

    private void entry(int wanted, int rank, String name) throws IOException {
        if (wanted < member) {
            throw new IllegalStateException(MEMBERS.get(wanted) + " are written before " + MEMBERS.get(member));
        }
        advance(wanted);
        if (rank < lastRank || (rank == lastRank && lastName.compareTo(name) >= 0)) {
            throw new IllegalArgumentException(name + " does not come after " + lastName);
        }
        text(lastName.isEmpty() ? "" : ",");
        text(JsonMembers.quoted(name));
        lastRank = rank;
        lastName = name;
    }

    private void object(byte[] json) throws IOException {
        if (json.length < 2 || json[0] != '{' || json[json.length - 1] != '}') {
            throw new IllegalArgumentException("not a JSON object: " + lastName);
        }
        text(":");
        out.write(json);
    }

    /** Closes members and opens the next until this one is open; {@code repodata_version} is complete at once. */
    private void advance(int wanted) throws IOException {
        while (member < wanted) {
            text(member == VERSION ? "" : member == REMOVED ? "]" : "}");
            member++;
            lastRank = 0;
            lastName = "";
            text(",\"" + MEMBERS.get(member) + "\":");
            text(member == VERSION ? "1" : member == REMOVED ? "[" : "{");
        }
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }
}
