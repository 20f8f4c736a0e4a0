package dev.bulla.cli;

import java.util.List;

/**
 * What the launcher runs once after a build, so that the JVM can keep the classes that small commands load.
 *
 * <p>Nothing here touches a network, a folder of a user's or a server; what these commands answer is thrown away.
 */
public final class Training {
    private static final List<String[]> RUNS = List.of(
            new String[] {"--version"},
            new String[] {"explain", "name_conflict"},
            new String[] {"explain", "--json"},
            new String[] {"config", "show", "--origin"},
            new String[] {"confg"},
            new String[] {"verify", "--help"});

    private Training() {}

    /** Runs them all. */
    public static void main(String... args) {
        RUNS.forEach(Main::run);
    }
}
