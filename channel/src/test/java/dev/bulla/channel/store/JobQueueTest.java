package dev.bulla.channel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
final class JobQueueTest {
    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.atStart();
    private final List<String> done = new ArrayList<>();
    private JobHandler handler = done::add;
    private Database database;
    private JobQueue queue;

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"), new LocalDisk());
        queue = new JobQueue(database, clock, Map.of("work", subject -> handler.run(subject)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_job_is_done_once() {
        enqueue("a", Duration.ZERO);
        queue.runDue();
        queue.runDue();
        assertEquals(List.of("a"), done);
    }

    @Test
    void requests_of_the_same_job_that_wait_are_one() {
        enqueue("a", Duration.ofHours(1));
        enqueue("a", Duration.ZERO);
        enqueue("a", Duration.ofHours(2));
        queue.runDue();
        clock.advance(Duration.ofHours(3));
        queue.runDue();
        assertEquals(List.of("a"), done);
    }

    @Test
    void a_job_waits_for_its_time() {
        enqueue("a", Duration.ofHours(1));
        queue.runDue();
        assertEquals(List.of(), done);
        clock.advance(Duration.ofHours(1));
        queue.runDue();
        assertEquals(List.of("a"), done);
    }

    @Test
    void a_job_that_is_undone_with_its_transaction_is_not_done() {
        try {
            database.change(handle -> {
                JobQueue.enqueue(handle, new Job("work", "a"), clock.instant());
                throw new IllegalStateException("the change is refused");
            });
        } catch (IllegalStateException expected) {
            assertEquals("the change is refused", expected.getMessage());
        }
        queue.runDue();
        assertEquals(List.of(), done);
    }

    @Test
    void a_job_asked_for_while_it_runs_is_run_once_more() {
        handler = subject -> {
            done.add(subject);
            if (done.size() == 1) {
                enqueue(subject, Duration.ZERO);
                enqueue(subject, Duration.ZERO);
            }
        };
        enqueue("a", Duration.ZERO);
        queue.runDue();
        assertEquals(List.of("a", "a"), done);
    }

    @Test
    void a_job_that_asks_for_itself_later_is_done_later() {
        handler = subject -> {
            done.add(subject);
            enqueue(subject, Duration.ofDays(1));
        };
        enqueue("a", Duration.ZERO);
        queue.runDue();
        assertEquals(List.of("a"), done);
        clock.advance(Duration.ofDays(1));
        queue.runDue();
        assertEquals(List.of("a", "a"), done);
    }

    @Test
    void a_job_that_fails_is_tried_again_after_growing_pauses() {
        handler = subject -> {
            done.add(subject);
            if (done.size() < 3) {
                throw new IllegalStateException("not yet");
            }
        };
        enqueue("a", Duration.ZERO);
        queue.runDue();
        assertEquals(1, done.size());
        clock.advance(Duration.ofSeconds(1));
        queue.runDue();
        assertEquals(2, done.size());
        clock.advance(Duration.ofSeconds(1));
        queue.runDue();
        assertEquals(2, done.size());
        clock.advance(Duration.ofSeconds(1));
        queue.runDue();
        clock.advance(Duration.ofDays(1));
        queue.runDue();
        assertEquals(3, done.size());
    }

    @Test
    void an_error_is_a_failed_attempt_like_an_exception() {
        handler = subject -> {
            done.add(subject);
            if (done.size() == 1) {
                throw new StackOverflowError("too deep");
            }
        };
        enqueue("a", Duration.ZERO);
        enqueue("b", Duration.ZERO);
        queue.runDue();
        assertEquals(Set.of("a", "b"), Set.copyOf(done));
        clock.advance(Duration.ofSeconds(1));
        queue.runDue();
        assertEquals(3, done.size());
    }

    @Test
    void a_worker_goes_on_after_an_error() throws InterruptedException {
        var did = new CountDownLatch(1);
        handler = subject -> {
            if (subject.equals("bad")) {
                throw new StackOverflowError("too deep");
            }
            did.countDown();
        };
        try (var workers = JobWorkers.start(queue, 1)) {
            enqueue("bad", Duration.ZERO);
            enqueue("good", Duration.ofMillis(1));
            clock.advance(Duration.ofMillis(1));
            assertTrue(did.await(30, TimeUnit.SECONDS));
            assertEquals(0, workers.lost());
        }
    }

    @Test
    void a_worker_that_has_ended_is_counted() throws InterruptedException {
        handler = subject -> Thread.currentThread().interrupt();
        var workers = JobWorkers.start(queue, 2);
        try (workers) {
            enqueue("a", Duration.ZERO);
            for (var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                    workers.lost() == 0 && System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            assertEquals(1, workers.lost());
        }
        assertEquals(0, workers.lost());
    }

    @Test
    void what_a_dead_process_was_doing_is_done_after_the_start() {
        enqueue("a", Duration.ZERO);
        var lease = database.write(handle -> JobTable.take(handle, clock.instant(), Duration.ofMinutes(10)));
        assertTrue(lease.isPresent());
        queue.runDue();
        assertEquals(List.of(), done);

        queue.endAllLeases();
        queue.runDue();

        assertEquals(List.of("a"), done);
    }

    @Test
    void workers_do_what_is_due() throws InterruptedException {
        var did = new CountDownLatch(1);
        handler = subject -> did.countDown();
        try (var _ = JobWorkers.start(queue, 2)) {
            enqueue("a", Duration.ZERO);
            assertTrue(did.await(30, TimeUnit.SECONDS));
        }
    }

    private void enqueue(String subject, Duration in) {
        database.change(handle -> JobQueue.enqueue(
                handle, new Job("work", subject), clock.instant().plus(in)));
    }
}
