package dev.bulla.conda.archive;

import dev.bulla.conda.name.Excerpt;
import dev.bulla.problem.Code;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Where the soft links of a package lead. They may lead nowhere, since another package can bring the target, but never
 * outside the prefix, and nothing may lie behind one: unpacking would write through it. What the links of other packages
 * in a prefix add to this is not known here. Not safe to share between threads.
 */
final class SoftLinks {
    private static final int MAX_HOPS = 40;
    private static final int MAX_STEPS = 4_000_000;

    private final NavigableMap<String, Member> members;
    private int steps;

    SoftLinks(NavigableMap<String, Member> members) {
        this.members = members;
    }

    /** Refuses the package if a link leads outside, or a member lies behind a link or a file. */
    void check() {
        members.forEach((path, member) -> {
            if (!(member instanceof Member.Directory)) {
                checkNothingBehind(path);
            }
            if (member instanceof Member.SoftLink) {
                follow(path);
            }
        });
    }

    private void checkNothingBehind(String path) {
        var next = members.ceilingKey(path + "/");
        if (next != null && next.startsWith(path + "/")) {
            throw unsafe(next, "lies behind " + Excerpt.of(path) + ", which is no directory");
        }
    }

    /** The file that one sees through this link, if it is in the package. */
    Optional<Member.File> follow(String link) {
        var walk = new Walk(link);
        while (!walk.ahead.isEmpty()) {
            walk.step(walk.ahead.removeFirst());
        }
        return members.get(walk.place()) instanceof Member.File file ? Optional.of(file) : Optional.empty();
    }

    /** The way from the prefix through a link, part by part as an operating system goes it. */
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

        void step(String part) {
            steps++;
            if (steps > MAX_STEPS) {
                throw new ArchiveException(
                        Code.ARCHIVE_TOO_LARGE, "its soft links take more than " + MAX_STEPS + " steps to follow");
            }
            if (part.equals("..")) {
                if (done.pollLast() == null) {
                    throw unsafe(link, "leads outside the prefix");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                enter(part);
            }
        }

        private void enter(String part) {
            done.addLast(part);
            if (members.get(place()) instanceof Member.SoftLink next) {
                done.removeLast();
                turn(next.target());
            }
        }

        private void turn(String target) {
            hops++;
            if (hops > MAX_HOPS) {
                throw unsafe(link, "is a soft link that leads through more than " + MAX_HOPS + " links");
            }
            if (target.isEmpty()) {
                throw unsafe(link, "is a soft link without a target");
            }
            if (!PathRules.isRelative(target)) {
                throw unsafe(link, "is a soft link to " + Excerpt.of(target) + ", which is not relative");
            }
            Arrays.asList(target.split("/", -1)).reversed().forEach(ahead::addFirst);
        }
    }

    private static ArchiveException unsafe(String path, String why) {
        return new ArchiveException(Code.ARCHIVE_UNSAFE, "member " + Excerpt.of(path) + " " + why);
    }
}
