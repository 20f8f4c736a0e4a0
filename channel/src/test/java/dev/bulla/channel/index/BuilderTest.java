package dev.bulla.channel.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.channel.catalog.IndexUnit;
import dev.bulla.channel.catalog.Place;
import dev.bulla.conda.name.ChannelName;
import dev.bulla.conda.name.Subdir;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BuilderTest {
    private static final IndexUnit NOARCH = IndexUnit.main(new Place(ChannelName.MAIN, Subdir.NOARCH));
    private static final IndexUnit LINUX = IndexUnit.main(new Place(ChannelName.MAIN, Subdir.parse("linux-64")));
    private static final Pace NEVER = new Pace(Duration.ofDays(1), Duration.ofDays(1), 0);

    private final List<IndexUnit> built = new CopyOnWriteArrayList<>();

    @Test
    void what_was_changed_is_built_once_it_is_quiet() throws InterruptedException {
        var done = new CountDownLatch(1);
        try (var builder =
                Builder.start(new Pace(Duration.ofMillis(1), Duration.ofDays(1), 0), unit -> done.countDown())) {
            builder.changed(NOARCH);
            assertTrue(done.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void what_is_never_quiet_is_built_after_the_longest_wait() throws InterruptedException {
        var done = new CountDownLatch(1);
        var pace = new Pace(Duration.ofMillis(50), Duration.ofMillis(50), 0);
        try (var builder = Builder.start(pace, unit -> done.countDown())) {
            while (!done.await(1, TimeUnit.MILLISECONDS)) {
                builder.changed(NOARCH);
            }
        }
    }

    @Test
    void many_changes_of_a_unit_are_one_build() throws IOException {
        try (var builder = Builder.start(NEVER, built::add)) {
            for (var i = 0; i < 100; i++) {
                builder.changed(NOARCH);
                builder.changed(LINUX);
            }
            builder.settle();
            builder.settle();
        }
        assertEquals(List.of(NOARCH, LINUX), List.copyOf(built));
    }

    @Test
    void a_change_while_its_unit_is_built_is_built_again() throws Exception {
        var entered = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var builder = Builder.start(new Pace(Duration.ZERO, Duration.ZERO, 0), unit -> {
            built.add(unit);
            entered.countDown();
            await(goOn);
        })) {
            builder.changed(NOARCH);
            entered.await();
            builder.changed(NOARCH);
            goOn.countDown();
            builder.settle();
        }
        assertEquals(List.of(NOARCH, NOARCH), List.copyOf(built));
    }

    @Test
    void a_build_that_fails_is_told_and_tried_again() throws IOException {
        var broken = new AtomicBoolean(true);
        try (var builder = Builder.start(NEVER, unit -> {
            if (broken.get()) {
                throw new IOException("no disk");
            }
            built.add(unit);
        })) {
            builder.changed(NOARCH);
            var failure = assertThrows(IOException.class, builder::settle);
            assertEquals("the index of main/noarch could not be made", failure.getMessage());
            broken.set(false);
            builder.settle();
        }
        assertEquals(List.of(NOARCH), List.copyOf(built));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
