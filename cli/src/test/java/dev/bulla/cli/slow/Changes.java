package dev.bulla.cli.slow;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes of one subdir, one after the other, so that the files which an index lists tell after which change it was
 * made. At first there is version 0 of each of 200 packages, under the labels main and dev. Each promotion then brings the
 * next version of the next package, in three changes: it appears under main, then under dev, then its predecessor is yanked.
 */
final class Changes {
    static final int PACKAGES = 200;
    static final int OF_A_PROMOTION = 3;

    private Changes() {}

    /** A label of the subdir; {@code added} is which of a promotion's changes shows the new version under it. */
    enum Unit {
        MAIN("/main/noarch/", "/main/libmamba/noarch/", 1),
        DEV("/main/label/dev/noarch/", "/main/libmamba/label/dev/noarch/", 2);

        final String folder;
        final String libmamba;
        private final int added;

        Unit(String folder, String libmamba, int added) {
            this.folder = folder;
            this.libmamba = libmamba;
            this.added = added;
        }

        /** The last change among the first so many that this unit shows. */
        int lastOf(int changes) {
            var rest = changes % OF_A_PROMOTION;
            return rest >= added ? changes - rest + added : changes - rest;
        }

        /** Which change an index was made after that lists and removes these files; it fails unless there is one. */
        int changeOf(Set<String> listed, Set<String> removed) {
            var yanks = removed.size();
            var change = yanks * OF_A_PROMOTION + (listed.size() > PACKAGES ? added : 0);
            if (!listed.equals(listed(change)) || !removed.equals(removed(yanks))) {
                throw new AssertionError("no state was ever such: lists " + listed + ", removed " + removed);
            }
            return change;
        }

        /** The same of an index that has no list of what it removes: as many were, as live packages have versions before. */
        int changeOf(Set<String> listed) {
            var oldest = new TreeMap<String, Integer>();
            for (var fileName : listed) {
                var parts = fileName.split("-", 3);
                oldest.merge(parts[0], Integer.valueOf(parts[1]), Math::min);
            }
            return changeOf(
                    listed,
                    removed(oldest.values().stream().mapToInt(Integer::intValue).sum()));
        }

        private Set<String> listed(int change) {
            var yanks = change / OF_A_PROMOTION;
            var listed = new TreeSet<String>();
            for (var number = 0; number < PACKAGES; number++) {
                listed.add(fileName(number + PACKAGES * versionsBefore(number, yanks)));
            }
            if (change % OF_A_PROMOTION >= added) {
                listed.add(fileName(PACKAGES + yanks));
            }
            return listed;
        }

        private static Set<String> removed(int yanks) {
            var removed = new TreeSet<String>();
            for (var file = 0; file < yanks; file++) {
                removed.add(fileName(file));
            }
            return removed;
        }
    }

    /** How many versions of this package were yanked when so many files were. */
    private static int versionsBefore(int number, int yanks) {
        return (yanks - number + PACKAGES - 1) / PACKAGES;
    }

    /** The file with this number, in the order in which they come; the promotion {@code n} brings {@code PACKAGES + n}. */
    static TinyPackage file(int file) {
        return Packages.tiny(String.format(Locale.ROOT, "p%03d", file % PACKAGES))
                .version(String.valueOf(file / PACKAGES))
                .info("info/run_exports.json", "{\"weak\": [\"p\"]}");
    }

    private static String fileName(int file) {
        return file(file).condaName();
    }
}
