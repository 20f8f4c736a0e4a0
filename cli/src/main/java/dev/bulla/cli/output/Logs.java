package dev.bulla.cli.output;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Where log events go: one line each on standard error, {@code 2026-01-31T10:00:00.123Z INFO sentence field=value}.
 * Nothing that looks like a token gets there, not even when a library logs the address that was asked for.
 */
public final class Logs {
    private static final Pattern TOKEN = Pattern.compile("(?<=://[^/\\s]{1,300}/t/)[^/\\s]+|bulla-[0-9A-Za-z]{20,}");

    /** Libraries that speak of themselves at INFO. */
    private static final List<String> TALKATIVE = List.of("org.eclipse.jetty", "org.flywaydb", "org.jdbi");

    /** Those that repeat at WARNING what a client sent, a password or a token too; the access log says what it needs. */
    private static final List<String> REPEATING = List.of("org.eclipse.jetty.http", "org.eclipse.jetty.util.HostPort");

    /** Kept here: the JVM forgets the level of a logger that nobody holds. */
    private static final List<Logger> QUIETENED = new ArrayList<>();

    private Logs() {}

    /** Sends everything from INFO on to {@code err}, of libraries only warnings. */
    public static void toStandardError(PrintStream err) {
        from(Level.INFO, err);
    }

    /** The same for warnings and errors only. */
    public static void warningsOnly(PrintStream err) {
        from(Level.WARNING, err);
    }

    private static void from(Level least, PrintStream err) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new Lines(err));
        root.setLevel(least);
        TALKATIVE.forEach(name -> quieten(name, Level.WARNING));
        REPEATING.forEach(name -> quieten(name, Level.SEVERE));
    }

    private static void quieten(String name, Level least) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(least);
        QUIETENED.add(logger);
    }

    /** Writes lines. */
    private static final class Lines extends Handler {
        private final PrintStream err;
        private final Formatter formatter = new OneLine();

        Lines(PrintStream err) {
            this.err = err;
        }

        @Override
        public void publish(LogRecord event) {
            if (isLoggable(event)) {
                err.print(formatter.format(event));
            }
        }

        @Override
        public void flush() {
            err.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** Time, level, sentence; a failure's stack below it. */
    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord event) {
            var line = new StringBuilder(120)
                    .append(event.getInstant())
                    .append(' ')
                    .append(event.getLevel().getName())
                    .append(' ')
                    .append(PlainText.of(formatMessage(event)))
                    .append('\n');
            Throwable thrown = event.getThrown();
            if (thrown != null) {
                var trace = new StringWriter();
                thrown.printStackTrace(new PrintWriter(trace));
                line.append(trace);
            }
            return mayHoldToken(line) ? TOKEN.matcher(line).replaceAll("***") : line.toString();
        }

        /** Nearly no line does, and to search each with the pattern would take longer than all else about it. */
        private static boolean mayHoldToken(StringBuilder line) {
            return line.indexOf("/t/") >= 0 || line.indexOf("bulla-") >= 0;
        }
    }
}
