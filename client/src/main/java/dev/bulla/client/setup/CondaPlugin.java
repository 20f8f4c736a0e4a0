package dev.bulla.client.setup;

import dev.bulla.problem.Code;
import dev.bulla.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for conda-content-trust where the Python of a prefix would import it from. conda from 26.3 on verifies only through
 * this plugin, and says nothing when it is missing.
 */
final class CondaPlugin {
    private static final String NAME = "conda-content-trust";
    private static final Pattern DIST = Pattern.compile("conda_content_trust-([0-9][0-9A-Za-z.+]*)\\.dist-info");
    private static final int MAX_PTH_BYTES = 1 << 16;

    private CondaPlugin() {}

    static Check check(Path prefix) {
        for (var folder : importFolders(prefix)) {
            if (Files.isRegularFile(folder.resolve("conda_content_trust/__init__.py"))) {
                var version = version(folder);
                var evidence = NAME + " " + version.orElse("of unknown version") + " in " + folder;
                return version.filter(CondaPlugin::isOld).isPresent()
                        ? Check.bad(NAME, evidence, "conda install -n base 'conda-content-trust>=0.3'")
                        : Check.good(NAME, evidence);
            }
        }
        return Check.bad(
                NAME,
                "not in " + prefix + ": conda verifies nothing, and does not say so",
                "conda install -n base conda-content-trust");
    }

    /** Before 0.3 it was no plugin of conda's. */
    private static boolean isOld(String version) {
        return version.matches("0\\.[0-2](\\..*)?");
    }

    private static Optional<String> version(Path folder) {
        return names(folder).stream()
                .map(DIST::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst();
    }

    /** {@code site-packages}, and the folders that its {@code .pth} files name. */
    private static List<Path> importFolders(Path prefix) {
        var sites = new ArrayList<Path>();
        sites.add(prefix.resolve("Lib/site-packages")); // Windows
        var lib = prefix.resolve("lib");
        names(lib).stream()
                .filter(name -> name.matches("python3\\.[0-9]+"))
                .map(name -> lib.resolve(name).resolve("site-packages"))
                .forEach(sites::add);
        var folders = new ArrayList<>(sites);
        for (var site : sites) {
            names(site).stream()
                    .filter(name -> name.endsWith(".pth"))
                    .forEach(name -> folders.addAll(namedIn(site, site.resolve(name))));
        }
        return folders;
    }

    private static List<Path> namedIn(Path site, Path pth) {
        try {
            if (Files.size(pth) > MAX_PTH_BYTES) {
                return List.of();
            }
            return Files.readAllLines(pth).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("import"))
                    .map(line -> resolved(site, line))
                    .flatMap(Optional::stream)
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot read " + pth + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> resolved(Path site, String line) {
        try {
            return Optional.of(site.resolve(line.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty(); // Python passes over such a line, too
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new ProblemException(Code.DISK_ERROR, "cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
