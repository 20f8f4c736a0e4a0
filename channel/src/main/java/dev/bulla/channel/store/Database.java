package dev.bulla.channel.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite database: WAL, {@code synchronous=FULL}, one writing thread with group commit, several readers. Safe to
 * share. A write returns once it is on disk.
 */
public final class Database implements AutoCloseable {
    static final int MOST_FAULTS = 100;
    private static final int READERS = 8;
    private static final Duration OTHER_PROCESS = Duration.ofSeconds(5);

    private static final Set<Integer> OF_THE_DISK = Stream.of(
                    SQLiteErrorCode.SQLITE_PERM,
                    SQLiteErrorCode.SQLITE_READONLY,
                    SQLiteErrorCode.SQLITE_IOERR,
                    SQLiteErrorCode.SQLITE_CORRUPT,
                    SQLiteErrorCode.SQLITE_FULL,
                    SQLiteErrorCode.SQLITE_CANTOPEN,
                    SQLiteErrorCode.SQLITE_NOTADB)
            .map(code -> code.code)
            .collect(Collectors.toUnmodifiableSet());

    private final Path file;
    private final Writer writer;
    private final Checkpoints checkpoints;
    private final Semaphore permits = new Semaphore(READERS);
    private final Deque<Handle> idle = new ArrayDeque<>();
    private boolean closed;

    private Database(Path file, Disk disk) throws SQLException {
        this.file = file;
        checkpoints = new Checkpoints(file, connect(file, Duration.ZERO));
        writer = new Writer(handle(file), checkpoints, disk);
    }

    /** Opens the database and brings its tables to this program's version. */
    public static Database open(Path file, Disk disk) {
        try {
            try (var connection = connect(file, OTHER_PROCESS)) {
                Migrations.run(connection, () -> dataSource(file));
            }
            return new Database(file, disk);
        } catch (SQLException | FlywayException failure) {
            throw new StoreException("the database " + file.getFileName() + " cannot be opened", failure);
        }
    }

    /**
     * Opens a database whose folder another process serves, for one short write; its tables are left as they are.
     * Waits for the other process's transaction.
     */
    public static Database openServed(Path file, Disk disk) {
        try {
            return new Database(file, disk);
        } catch (SQLException failure) {
            throw new StoreException("the database " + file.getFileName() + " cannot be opened", failure);
        }
    }

    /**
     * Opens a database to look at, whose folder nobody serves; its tables are left as they are.
     *
     * @throws StoreException when it cannot be opened, or its tables are of another version than this program's
     */
    public static Database openUnchanged(Path file, Disk disk) {
        try (var connection = connect(file, OTHER_PROCESS)) {
            var present = Migrations.present(connection);
            if (present != Migrations.NEWEST) {
                throw new StoreException("its tables are of version %d, this program's are of version %d"
                        .formatted(present, Migrations.NEWEST));
            }
            return new Database(file, disk);
        } catch (SQLException failure) {
            throw new StoreException("the database " + file.getFileName() + " cannot be opened", failure);
        }
    }

    /**
     * What contradicts itself in the file and between its tables, a sentence each, at most {@value #MOST_FAULTS} of both.
     *
     * @param whole whether SQLite's indexes are held against its tables too
     */
    public List<String> faults(boolean whole) {
        var check = whole ? "integrity_check" : "quick_check";
        return read(handle -> {
            var faults = new ArrayList<>(handle.createQuery("PRAGMA " + check + "(" + MOST_FAULTS + ")")
                    .mapTo(String.class)
                    .list());
            faults.remove("ok");
            handle.createQuery("PRAGMA foreign_key_check")
                    .map((row, context) -> "row " + row.getString(2) + " of " + row.getString(1) + " names no row of "
                            + row.getString(3))
                    .useStream(rows -> rows.limit(MOST_FAULTS).forEach(faults::add));
            return faults;
        });
    }

    /** What the disk did to the database, if that is why something failed: it is no fault of this program then. */
    public static Optional<String> trouble(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite && isOfTheDisk(sqlite)) {
                return Optional.of(String.valueOf(sqlite.getMessage()));
            }
        }
        return Optional.empty();
    }

    static boolean isOfTheDisk(SQLiteException failure) {
        return OF_THE_DISK.contains(primary(failure));
    }

    /** Whether changes are still taken: not any more once a commit has failed, since nobody knows what the disk holds. */
    public boolean takesChanges() {
        return writer.isRunning();
    }

    /** SQLite's extended codes have the primary one in their lowest byte. */
    private static int primary(SQLiteException failure) {
        return failure.getResultCode().code & 0xff;
    }

    /** The file's name. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    /** Does the work in one transaction on the writer; what it returns is durable then. */
    public <T> T write(Work<T> work) {
        return writeLater(work).await();
    }

    /** The same without waiting for it. Whoever calls this awaits it, however its own work ends. */
    public <T> Pending<T> writeLater(Work<T> work) {
        return writer.submit(work);
    }

    /** The same for work that has nothing to return. */
    public void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /** Does the work, which must only read, on one consistent snapshot. */
    public <T> T read(Work<T> work) {
        permits.acquireUninterruptibly();
        try {
            var handle = reader();
            var usable = false;
            try {
                var result = inSnapshot(handle, work);
                usable = true;
                return result;
            } finally {
                giveBack(handle, usable);
            }
        } finally {
            permits.release();
        }
    }

    private static <T> T inSnapshot(Handle handle, Work<T> work) {
        KeptStatements.execute(handle, "BEGIN");
        try {
            return work.run(handle);
        } finally {
            KeptStatements.execute(handle, "COMMIT");
        }
    }

    private Handle reader() {
        synchronized (idle) {
            if (closed) {
                throw new StoreException("the database is closed");
            }
            var handle = idle.poll();
            if (handle != null) {
                return handle;
            }
        }
        try {
            var handle = handle(file);
            handle.execute("PRAGMA query_only = TRUE");
            return handle;
        } catch (SQLException | JdbiException failure) {
            throw new StoreException("no further connection to the database", failure);
        }
    }

    private void giveBack(Handle handle, boolean usable) {
        if (usable) {
            synchronized (idle) {
                idle.push(handle);
            }
        } else {
            handle.close();
        }
    }

    /** Ends what is being written and read; further calls of anything fail. */
    @Override
    public void close() {
        writer.close();
        checkpoints.close();
        permits.acquireUninterruptibly(READERS);
        synchronized (idle) {
            closed = true;
            idle.forEach(Handle::close);
            idle.clear();
        }
        permits.release(READERS);
    }

    private static Handle handle(Path file) throws SQLException {
        var connection = connect(file, OTHER_PROCESS);
        try {
            return Jdbi.open(() -> connection).setStatementBuilder(new KeptStatements());
        } catch (JdbiException failure) {
            connection.close();
            throw failure;
        }
    }

    private static Connection connect(Path file, Duration busyTimeout) throws SQLException {
        return DriverManager.getConnection(url(file), config(busyTimeout).toProperties());
    }

    private static SQLiteDataSource dataSource(Path file) {
        var source = new SQLiteDataSource(config(OTHER_PROCESS));
        source.setUrl(url(file));
        return source;
    }

    private static SQLiteConfig config(Duration busyTimeout) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setCacheSize(-16_384);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0");
        return config;
    }

    private static String url(Path file) {
        return "jdbc:sqlite:" + file;
    }
}
