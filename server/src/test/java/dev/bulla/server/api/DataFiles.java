package dev.bulla.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What lies in a data folder, apart from the database and the index, which change by themselves. */
final class DataFiles {
    private DataFiles() {}

    static Set<String> in(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.startsWith("bulla.db") && !name.startsWith("index"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
