package dev.bulla.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code WriteSeedPackages FOLDER SUBDIR FIRST NAMES COUNT}: writes so many packages from this number on into a folder,
 * and prints the names of the files, one a line.
 */
final class WriteSeedPackages {
    private WriteSeedPackages() {}

    public static void main(String[] args) throws IOException {
        var packages = new SeedPackages(args[1], Integer.parseInt(args[3]));
        var first = Integer.parseInt(args[2]);
        for (var number = first; number < first + Integer.parseInt(args[4]); number++) {
            var tiny = packages.number(number);
            Files.write(Path.of(args[0]).resolve(tiny.condaName()), tiny.conda());
            System.out.println(tiny.condaName());
        }
    }
}
