package dev.bulla.bench;

import dev.bulla.testkit.Packages;
import dev.bulla.testkit.TinyPackage;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Tiny packages by number, of so many names in a subdir: the versions of a name are spread over all numbers, and each
 * depends on at most two packages of lower numbers. The same number is the same package, byte for byte.
 */
record SeedPackages(String subdir, int names) {
    private static final long FIRST_BUILT = 1_700_000_000_000L;
    private static final int EACH_EXPORTING = 10;

    TinyPackage number(int number) {
        var random = new SplittableRandom(number);
        var name = number % names;
        var release = number / names;
        var tiny = Packages.tiny(name(name))
                .version("1." + release / 3 + "." + release % 3)
                .build(String.format(Locale.ROOT, "h%07x_%d", random.nextInt(1 << 28), release % 3), release % 3)
                .subdir(subdir)
                .depends(dependencies(random, name))
                .field("license", "\"BSD-3-Clause\"")
                .timestamp(FIRST_BUILT + 1000L * number);
        if (name % EACH_EXPORTING == 0) {
            tiny.info("info/run_exports.json", "{\"weak\": [\"" + name(name) + " >=1.0\"]}");
        }
        return tiny.info("info/about.json", "{\"summary\": \"synthetic package " + name + "\"}");
    }

    private static String[] dependencies(SplittableRandom random, int name) {
        var depends = new ArrayList<String>();
        for (var more = random.nextInt(3); more > 0 && name > 0; more--) {
            depends.add(name(random.nextInt(name)) + " >=1.0");
        }
        return depends.stream().distinct().sorted().toArray(String[]::new);
    }

    private static String name(int number) {
        return String.format(Locale.ROOT, "synth-%06d", number);
    }
}
