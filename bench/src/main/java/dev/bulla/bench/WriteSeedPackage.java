package dev.bulla.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code WriteSeedPackage FOLDER SUBDIR NUMBER NAMES}: writes the package of this number into a folder. */
final class WriteSeedPackage {
    private WriteSeedPackage() {}

    public static void main(String[] args) throws IOException {
        var tiny = new SeedPackages(args[1], Integer.parseInt(args[3])).number(Integer.parseInt(args[2]));
        Files.write(Path.of(args[0]).resolve(tiny.condaName()), tiny.conda());
    }
}
