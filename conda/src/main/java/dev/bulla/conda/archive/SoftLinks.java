package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Where the soft links of a package lead. They may lead nowhere, since another package can bring the target, but never
 * outside the prefix, and nothing may lie behind one: unpacking would write through it. What the links of other packages
 * in a prefix add to this is not known here.
 */
final class SoftLinks {
    private static final int MAX_HOPS = 40;

    private final Map<String, Member> members;

    SoftLinks(Map<String, Member> members) {
        this.members = members;
    }

    /** Refuses the package if a link leads outside, or a member lies behind a link or a file. */
    void check() {
        members.keySet().forEach(this::checkFolders);
        members.forEach((path, member) -> {
            if (member instanceof Member.SoftLink) {
                follow(path);
            }
        });
    }

    private void checkFolders(String path) {
        for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            var folder = members.get(path.substring(0, slash));
            if (folder != null && !(folder instanceof Member.Directory)) {
                throw unsafe(path, "lies behind " + Excerpt.of(path.substring(0, slash)) + ", which is no directory");
            }
        }
    }

    /** The file that one sees through this link, if it is in the package. */
    Optional<Member.File> follow(String link) {
        var walk = new Walk(link);
        while (walk.step()) {
            // Each step goes one part further; the walk itself ends it.
        }
        return members.get(walk.place()) instanceof Member.File file ? Optional.of(file) : Optional.empty();
    }

    /** The way from the prefix through a link, part by part as the operating system goes it. */
    private final class Walk {
        private final String link;
        private final Deque<String> done = new ArrayDeque<>();
        private final Deque<String> ahead = new ArrayDeque<>();
        private int hops;

        Walk(String link) {
            this.link = link;
            ahead.addAll(Arrays.asList(link.split("/")));
        }

        String place() {
            return String.join("/", done);
        }

        boolean step() {
            var part = ahead.poll();
            if (part == null) {
                return false;
            }
            if (part.equals("..")) {
                if (done.pollLast() == null) {
                    throw unsafe(link, "leads outside the prefix");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                done.addLast(part);
                if (members.get(place()) instanceof Member.SoftLink next) {
                    done.removeLast();
                    turn(next.target());
                }
            }
            return true;
        }

        private void turn(String target) {
            hops++;
            if (hops > MAX_HOPS) {
                throw unsafe(link, "is a soft link that leads through more than " + MAX_HOPS + " links");
            }
            if (target.isEmpty()) {
                throw unsafe(link, "is a soft link without a target");
            }
            if (target.startsWith("/") || target.contains("\\") || target.contains(":")) {
                throw unsafe(link, "is a soft link to " + Excerpt.of(target) + ", which is not relative");
            }
            var parts = target.split("/", -1);
            for (var i = parts.length - 1; i >= 0; i--) {
                ahead.addFirst(parts[i]);
            }
        }
    }

    private static ArchiveException unsafe(String path, String why) {
        return new ArchiveException(Code.ARCHIVE_UNSAFE, "member " + Excerpt.of(path) + " " + why);
    }
}
