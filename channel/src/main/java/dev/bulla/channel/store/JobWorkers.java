package dev.bulla.channel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that do jobs: each looks once a second whether one is due. */
public final class JobWorkers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

    private final JobQueue queue;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    private JobWorkers(JobQueue queue) {
        this.queue = queue;
    }

    /** Starts this many threads. */
    public static JobWorkers start(JobQueue queue, int threads) {
        var workers = new JobWorkers(queue);
        for (var i = 1; i <= threads; i++) {
            workers.threads.add(Thread.ofPlatform().name("jobs-" + i).daemon().start(workers::run));
        }
        return workers;
    }

    private void run() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                runDue();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // nobody interrupts it but the end of the process
        } catch (Error failure) {
            LOG.error("a job thread has stopped", failure);
        }
    }

    private void runDue() {
        try {
            queue.runDue();
        } catch (RuntimeException failure) {
            LOG.error("jobs cannot be taken from the queue", failure);
        }
    }

    /** How many of the threads have ended though nobody closed this: what they would have done waits. */
    public int lost() {
        if (closed.getCount() == 0) {
            return 0;
        }
        return (int) threads.stream().filter(thread -> !thread.isAlive()).count();
    }

    /** Waits for the jobs that are being done; those that wait are done by the next process. */
    @Override
    public void close() {
        closed.countDown();
        var interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true; // the database may be closed only after the last of them
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
