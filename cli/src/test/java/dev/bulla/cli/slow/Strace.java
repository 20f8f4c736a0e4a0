package dev.bulla.cli.slow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bulla.cli.commands.BullaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code strace}, which can kill a process at the moment when it asks the kernel for something. */
final class Strace implements AutoCloseable {
    private final Process process;

    private Strace(Process process) {
        this.process = process;
    }

    /**
     * A moment: a thread's n-th call of one of these kinds, before the call has any effect. Kinds that this machine does
     * not have are passed over.
     *
     * @param calls kinds of system calls
     * @param on only calls about this file count; the data folder itself: all calls count
     * @param count which of them, from 1 on, counted for each thread
     */
    record Moment(String calls, Path on, int count) {
        List<String> flags(Path folder) {
            String kinds = "?" + calls.replace(",", ",?");
            var flags = new ArrayList<>(List.of("-f", "-qq", "-e", "signal=none", "-e", "trace=" + kinds));
            flags.addAll(List.of("-e", "inject=" + kinds + ":signal=KILL:when=" + count, "-o", "/dev/null"));
            if (!on.equals(folder)) {
                flags.addAll(List.of("-P", on.toString()));
            }
            return flags;
        }

        /** A later one: of the first few calls all are looked at, and then fewer. */
        Moment next() {
            return new Moment(calls, on, count + Math.max(1, count / 2 - 1));
        }

        @Override
        public String toString() {
            return "call " + count + " of " + calls + " on " + on.getFileName();
        }
    }

    /** Skips the test where there is no strace, or where it may not look into a process. */
    static void require(Path temp) throws IOException, InterruptedException {
        Path log = temp.resolve("strace.log");
        int status;
        try {
            status = new ProcessBuilder("strace", "-f", "-o", "/dev/null", "-e", "inject=?fsync:signal=KILL", "true")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (IOException missing) {
            assumeTrue(false, "strace is not installed: " + missing.getMessage());
            return;
        }
        String said = Files.readString(log);
        assumeTrue(status == 0, () -> "strace may not look into a process here: " + said);
    }

    /** The words that start a process which dies at that moment. The process itself is the program that follows. */
    static List<String> killing(Path folder, Moment moment) {
        var words = new ArrayList<>(List.of("strace", "-D"));
        words.addAll(moment.flags(folder));
        return words;
    }

    /** From when this returns, the server dies at that moment. */
    static Strace attach(BullaProcess server, Moment moment) throws IOException {
        var words = new ArrayList<>(List.of("strace", "-p", Long.toString(server.processId())));
        words.addAll(moment.flags(server.folder()));
        words.remove("-qq"); // it says when it is there
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (said == null || !said.contains("attached")) {
            throw new IOException("strace did not attach: " + said);
        }
        return new Strace(process);
    }

    /** Lets the server go, if it lives. By force, since a strace that is asked to go may wait for threads that are dying. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
