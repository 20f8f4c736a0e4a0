package dev.bulla.channel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulla.problem.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before each test
final class DatabaseTest {
    @TempDir
    Path folder;

    private final CountingDisk disk = new CountingDisk();
    private Database database;

    /** Counts commits. */
    private static final class CountingDisk extends ForwardingDisk {
        final AtomicInteger commits = new AtomicInteger();
        volatile Runnable beforeCommit = () -> {};

        @Override
        public void commit(Runnable databaseCommit) {
            beforeCommit.run();
            commits.incrementAndGet();
            super.commit(databaseCommit);
        }
    }

    @BeforeEach
    void open() {
        database = Database.open(folder.resolve("test.db"), disk);
        database.change(handle -> handle.execute("CREATE TABLE thing (name TEXT NOT NULL PRIMARY KEY)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_database_keeps_a_log_and_syncs_every_commit() {
        assertEquals("wal", pragma("journal_mode"));
        assertEquals("2", pragma("synchronous"));
        assertEquals("1", pragma("foreign_keys"));
    }

    @Test
    void what_was_written_is_read_and_is_there_after_opening_again() {
        add("one");
        assertEquals(1, count());

        database.close();
        database = Database.open(folder.resolve("test.db"), disk);

        assertEquals(1, count());
    }

    @Test
    void a_read_that_stops_at_the_first_row_sees_later_changes_the_next_time() {
        add("one");
        add("two");
        assertEquals(2, firstCount());

        add("three");

        assertEquals(3, firstCount());
    }

    private int firstCount() {
        return database.read(handle -> {
            var all = handle.createQuery("SELECT count(*) OVER () FROM thing WHERE name <> :none")
                    .bind("none", "");
            return all.mapTo(Integer.class).findFirst().orElse(0);
        });
    }

    @Test
    void the_same_statement_runs_inside_itself() {
        add("one");
        add("two");

        var pairs = database.read(handle -> {
            var found = new ArrayList<String>();
            for (var outer : namesAfter(handle, "")) {
                namesAfter(handle, outer).forEach(inner -> found.add(outer + " " + inner));
            }
            return found;
        });

        assertEquals(List.of("one two"), pairs);
    }

    private static ResultIterable<String> namesAfter(Handle handle, String name) {
        return handle.createQuery("SELECT name FROM thing WHERE name > :name ORDER BY name")
                .bind("name", name)
                .mapTo(String.class);
    }

    @Test
    void a_statement_that_failed_works_the_next_time() {
        add("one");
        assertThrows(RuntimeException.class, () -> add("one"));

        add("two");

        assertEquals(2, count());
    }

    @Test
    void a_refused_request_is_undone_alone_and_gets_its_own_exception() throws Exception {
        var results = together(32, i -> {
            database.change(handle -> {
                handle.execute("INSERT INTO thing (name) VALUES (?)", "n" + i);
                if (i % 2 == 0) {
                    throw new IllegalStateException("refused " + i);
                }
            });
        });

        for (var i = 0; i < 32; i++) {
            var result = results.get(i);
            if (i % 2 == 0) {
                var failure = assertThrows(Exception.class, result::get);
                assertEquals("java.lang.IllegalStateException: refused " + i, failure.getMessage());
            } else {
                result.get();
            }
        }
        assertEquals(16, count());
    }

    @Test
    void requests_that_wait_together_are_committed_together() throws Exception {
        var inCommit = new CountDownLatch(1);
        var allWait = new CountDownLatch(1);
        disk.beforeCommit = () -> {
            inCommit.countDown();
            await(allWait);
        };
        disk.commits.set(0);
        try (var threads = Executors.newFixedThreadPool(17)) {
            var all = new ArrayList<Future<?>>();
            all.add(threads.submit(() -> add("first")));
            inCommit.await();
            var submitted = new CountDownLatch(16);
            for (var i = 0; i < 16; i++) {
                var name = "n" + i;
                all.add(threads.submit(() -> {
                    submitted.countDown();
                    add(name);
                }));
            }
            submitted.await();
            allWait.countDown();
            for (var one : all) {
                one.get();
            }
        }
        assertEquals(17, count());
        assertTrue(disk.commits.get() < 17, () -> disk.commits + " commits for 17 requests");
    }

    @Test
    void a_reader_sees_one_snapshot_while_others_write() {
        add("one");
        int seen = database.read(handle -> {
            var before = count(handle);
            add("two");
            assertEquals(before, count(handle));
            return before;
        });
        assertEquals(1, seen);
        assertEquals(2, count());
    }

    @Test
    void a_reader_cannot_write() {
        assertThrows(RuntimeException.class, () -> database.read(handle -> handle.execute("DELETE FROM thing")));
    }

    @Test
    void a_commit_that_fails_stops_the_writer_and_not_the_readers() {
        add("one");
        disk.beforeCommit = () -> {
            throw new IllegalStateException("the disk is gone");
        };

        assertThrows(StoreException.class, () -> add("two"));
        disk.beforeCommit = () -> {};
        var stopped = assertThrows(StoreException.class, () -> add("three"));

        assertEquals(Code.DISK_ERROR, DiskTrouble.of(stopped).orElseThrow().code());
        assertFalse(database.takesChanges());
        assertEquals(1, count());
    }

    @Test
    void without_room_a_change_is_undone_and_told_so_and_later_ones_are_taken() {
        long pages = database.write(handle ->
                handle.createQuery("PRAGMA page_count").mapTo(Long.class).one());
        pageLimit(pages + 4);
        add("small");

        var full = assertThrows(StoreException.class, () -> add("x".repeat(1 << 20)));

        assertEquals(Code.STORAGE_FULL, DiskTrouble.of(full).orElseThrow().code());
        assertTrue(database.takesChanges());
        add("another");
        assertEquals(2, count());
        pageLimit(1 << 20);
        add("x".repeat(1 << 20));
        assertEquals(3, count());
    }

    private void pageLimit(long pages) {
        database.write(handle -> handle.createQuery("PRAGMA max_page_count = " + pages)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void the_log_starts_afresh_when_nobody_writes() throws Exception {
        var filler = "x".repeat(4000);
        for (var i = 0; i < 3000; i++) {
            add(i + filler);
        }
        var log = folder.resolve("test.db-wal");
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (Files.size(log) > 4 << 20 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertTrue(Files.size(log) <= 4 << 20, "the log has " + Files.size(log) + " bytes");
        assertEquals(3000, count());
    }

    @Test
    void the_tables_are_of_the_newest_version_after_opening() {
        var newest = "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history";
        int present = database.read(
                handle -> handle.createQuery(newest).mapTo(Integer.class).one());
        assertEquals(Migrations.NEWEST, present);
    }

    @Test
    void tables_of_a_newer_program_are_refused() {
        database.change(
                handle -> handle.execute("UPDATE flyway_schema_history SET version = '999' WHERE version = '006'"));
        database.close();

        var refusal =
                assertThrows(StoreException.class, () -> Database.open(folder.resolve("test.db"), new LocalDisk()));

        assertTrue(String.valueOf(refusal.getMessage()).contains("newer Bulla"), refusal::toString);
    }

    @Test
    void a_closed_database_refuses_to_write() {
        database.close();
        assertThrows(StoreException.class, () -> add("late"));
    }

    private void add(String name) {
        database.change(handle -> handle.execute("INSERT INTO thing (name) VALUES (?)", name));
    }

    private int count() {
        return database.read(DatabaseTest::count);
    }

    private static int count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM thing")
                .mapTo(Integer.class)
                .one();
    }

    private String pragma(String name) {
        return database.read(handle ->
                handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }

    private interface Numbered {
        void run(int i);
    }

    private static List<Future<?>> together(int threads, Numbered work) throws InterruptedException {
        var start = new CountDownLatch(1);
        var results = new ArrayList<Future<?>>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var i = 0; i < threads; i++) {
                var number = i;
                results.add(pool.submit(() -> {
                    await(start);
                    work.run(number);
                }));
            }
            start.countDown();
        }
        return results;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
