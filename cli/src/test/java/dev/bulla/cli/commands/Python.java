package dev.bulla.cli.commands;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The clients from PyPI, each script in a process of its own with a home folder of its own.
 *
 * <p>The interpreter is the one that the system property {@code bulla.python} names, else that of a virtual environment in
 * {@code target/python}, which is made when it is not there. Where neither is to be had, tests are skipped and say so.
 */
final class Python {
    private static final Path ROOT =
            Path.of(System.getProperty("bulla.root", "..")).toAbsolutePath().normalize();
    private static final long PATIENCE_SECONDS = 150;

    private final Path interpreter;

    /** Why the clients are not to be had; empty when they are. */
    private final String missing;

    private Python(Path interpreter, String missing) {
        this.interpreter = interpreter;
        this.missing = missing;
    }

    /** What came of a script. */
    record Ended(int status, String out) {}

    /** An interpreter, with the clients if they are to be had: {@link #require} before each test says so. */
    static synchronized Python find() throws IOException, InterruptedException {
        String named = System.getProperty("bulla.python", "");
        Path venv = ROOT.resolve("target/python");
        Path interpreter = named.isEmpty() ? venv.resolve("bin/python") : Path.of(named);
        String failed = named.isEmpty() && !hasClients(interpreter) ? install(venv) : "";
        String missing = failed.isEmpty() && !hasClients(interpreter)
                ? "no python with py-rattler is to be had, see -Dbulla.python"
                : failed;
        return new Python(interpreter, missing);
    }

    /** Skips the test where the clients are missing. Not for {@code @BeforeAll}: reports do not name what that skips. */
    void require() {
        assumeTrue(missing.isEmpty(), missing);
    }

    private static boolean hasClients(Path interpreter) throws IOException, InterruptedException {
        var look = List.of(
                interpreter.toString(), "-c", "import rattler, rattler_build, conda_package_streaming, conda_index");
        return Files.isExecutable(interpreter) && run(look, Map.of()).status() == 0;
    }

    /** Makes the virtual environment with the clients; what went wrong, or nothing. */
    private static String install(Path venv) throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of("/usr/bin/env"))
                && run(List.of("/usr/bin/env", "python3", "--version"), Map.of())
                                .status()
                        == 0;
        if (!there) {
            return "no python3 is here";
        }
        Ended made = run(List.of("/usr/bin/env", "python3", "-m", "venv", venv.toString()), System.getenv());
        if (made.status() != 0) {
            return "python3 cannot make a virtual environment: " + made.out();
        }
        String requirements = ROOT.resolve(".ci/requirements.txt").toString();
        Ended got = run(
                List.of(venv.resolve("bin/python").toString(), "-m", "pip", "install", "-q", "-r", requirements),
                System.getenv());
        return got.status() == 0 ? "" : "pip cannot install the clients: " + got.out();
    }

    /** Runs a script of the test resources with these words, at home in {@code home}. */
    Ended script(String name, Path home, Map<String, String> variables, String... words)
            throws IOException, InterruptedException {
        Path script = home.resolve(name);
        try (InputStream in = Python.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no test resource " + name);
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        var command = new ArrayList<>(List.of(interpreter.toString(), script.toString()));
        command.addAll(List.of(words));
        var environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        environment.put("PATH", "/usr/bin:/bin");
        return run(command, environment);
    }

    private static Ended run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("bulla-python-", ".log");
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Ended(-1, "not done after " + PATIENCE_SECONDS + " s: " + Files.readString(said));
            }
            return new Ended(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
        } finally {
            Files.delete(said);
        }
    }
}
