package dev.bulla.cli.output;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far something is: a moving bar where somebody looks on, a line every ten seconds where nobody does, nothing
 * when that is not wanted. Not safe to share between threads.
 */
public sealed interface Progress extends AutoCloseable {
    /** So much more is done. */
    void step(long more);

    /** So much is done in all. */
    void at(long done);

    @Override
    void close();

    /** For bytes, of which {@code total} are expected. */
    static Progress ofBytes(Output output, String task, long total) {
        return of(output, task, "KiB", 1 << 10, total);
    }

    /** For things whose number is not known before. */
    static Progress ofCount(Output output, String task, String unit) {
        return of(output, task, unit, 1, -1);
    }

    private static Progress of(Output output, String task, String unit, long size, long total) {
        if (!output.style().progress()) {
            return new None();
        }
        return output.style().terminal() && total >= 0
                ? new Bar(output, task, unit, size, total)
                : new Lines(output, task, unit, size);
    }

    /** Shows nothing. */
    final class None implements Progress {
        private None() {}

        @Override
        public void step(long more) {}

        @Override
        public void at(long done) {}

        @Override
        public void close() {}
    }

    /** A bar that moves. */
    final class Bar implements Progress {
        private final ProgressBar bar;

        private Bar(Output output, String task, String unit, long size, long total) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setUnit(unit, size)
                    .setInitialMax(total)
                    .setStyle(utf8() ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(output.err()))
                    .showSpeed()
                    .build();
        }

        private static boolean utf8() {
            String lang = System.getProperty("stderr.encoding", "").toUpperCase(Locale.ROOT);
            return lang.equals("UTF-8");
        }

        @Override
        public void step(long more) {
            bar.stepBy(more);
        }

        @Override
        public void at(long done) {
            bar.stepTo(done);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** A line now and then, for logs. */
    final class Lines implements Progress {
        private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();

        private final Output output;
        private final String task;
        private final String unit;
        private final long size;
        private long done;
        private long told = System.nanoTime();

        private Lines(Output output, String task, String unit, long size) {
            this.output = output;
            this.task = task;
            this.unit = unit;
            this.size = size;
        }

        @Override
        public void step(long more) {
            at(done + more);
        }

        @Override
        public void at(long now) {
            done = now;
            if (System.nanoTime() - told > PERIOD_NANOS) {
                told = System.nanoTime();
                output.say("%s: %d %s".formatted(task, done / size, unit));
            }
        }

        @Override
        public void close() {}
    }
}
