package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code info/paths.json} against the payload: the same paths, types, sizes and digests on both sides. Clients trust the
 * list when they link, so what is not in it, or not as it says, would be installed unseen or not at all.
 */
final class PathsCheck {
    private static final int SHOWN = 3;

    private final NavigableMap<String, PathEntry> listed;
    private final NavigableMap<String, Member> members;
    private final SoftLinks links;
    private final List<String> shown = new ArrayList<>();
    private int differences;

    private PathsCheck(NavigableMap<String, PathEntry> listed, NavigableMap<String, Member> members, SoftLinks links) {
        this.listed = listed;
        this.members = members;
        this.links = links;
    }

    /** The differences as one problem, if there are any. */
    static Optional<Problem> run(
            NavigableMap<String, PathEntry> listed, NavigableMap<String, Member> members, SoftLinks links) {
        var check = new PathsCheck(listed, members, links);
        listed.forEach(check::compare);
        members.forEach(check::findUnlisted);
        return check.differences == 0 ? Optional.empty() : Optional.of(check.problem());
    }

    private void findUnlisted(String path, Member member) {
        if (!Contents.isInfo(path) && !(member instanceof Member.Directory) && !listed.containsKey(path)) {
            differ(path, "is in the payload and not in the list");
        }
    }

    private void compare(String path, PathEntry entry) {
        if (Contents.isInfo(path)) {
            differ(path, "is listed, though it belongs to info/");
            return;
        }
        var member = members.get(path);
        switch (entry.type()) {
            case HARDLINK -> compareFile(entry, member);
            case SOFTLINK -> compareLink(entry, member);
            case DIRECTORY -> compareDirectory(path, member);
        }
    }

    private void compareFile(PathEntry entry, @Nullable Member member) {
        if (!(member instanceof Member.File file)) {
            differ(entry.path(), "is listed as a file, but is " + kind(member));
        } else if (entry.sizeBytes() == null || entry.sizeBytes() != file.sizeBytes()) {
            differ(entry.path(), "is listed with " + entry.sizeBytes() + " bytes, but has " + file.sizeBytes());
        } else if (!file.sha256().equals(entry.sha256())) {
            differ(entry.path(), "is listed with sha256 " + entry.sha256() + ", but has " + file.sha256());
        }
    }

    /** A link whose target is not in the package cannot be compared. */
    private void compareLink(PathEntry entry, @Nullable Member member) {
        if (!(member instanceof Member.SoftLink)) {
            differ(entry.path(), "is listed as a soft link, but is " + kind(member));
            return;
        }
        var target = links.follow(entry.path());
        var sha256 = entry.sha256();
        if (target.isPresent() && sha256 != null && !target.get().sha256().equals(sha256)) {
            differ(
                    entry.path(),
                    "is listed with sha256 " + sha256 + ", but leads to "
                            + target.get().sha256());
        }
    }

    /** A directory is there by itself, or because something is in it. */
    private void compareDirectory(String path, @Nullable Member member) {
        var next = members.ceilingKey(path + "/");
        if (!(member instanceof Member.Directory) && (next == null || !next.startsWith(path + "/"))) {
            differ(path, "is listed as a directory, but is " + kind(member));
        }
    }

    private static String kind(@Nullable Member member) {
        return switch (member) {
            case null -> "not in the payload";
            case Member.File file -> "a file of " + file.sizeBytes() + " bytes";
            case Member.SoftLink link -> "a soft link to " + Excerpt.of(link.target());
            case Member.Directory() -> "a directory";
        };
    }

    private void differ(String path, String how) {
        differences++;
        if (differences <= SHOWN) {
            shown.add(Excerpt.of(path) + " " + how);
        }
    }

    private Problem problem() {
        var more = differences > SHOWN ? "; and " + (differences - SHOWN) + " more" : "";
        return new Problem(Code.PATHS_MISMATCH, Contents.PATHS + ": " + String.join("; ", shown) + more);
    }
}
