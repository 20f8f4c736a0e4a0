package dev.bulla.channel.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables to this program's version; forward only. Costs nothing when they are there already. */
final class Migrations {
    /** The version of the last file in {@code dev/bulla/channel/migration}. */
    static final int NEWEST = 10;

    private Migrations() {}

    /** Runs what is missing; {@code source} is asked for connections only then. */
    static void run(Connection connection, Supplier<DataSource> source) throws SQLException {
        var present = present(connection);
        if (present > NEWEST) {
            throw new StoreException("the data folder was written by a newer Bulla: its tables are of version "
                    + present + ", this program knows " + NEWEST);
        }
        if (present < NEWEST) {
            Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(source.get())
                    .locations("classpath:dev/bulla/channel/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        }
    }

    /** The version of the tables that are there; 0 when there are none. */
    static int present(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            var history = "SELECT count(*) FROM sqlite_master WHERE name = 'flyway_schema_history'";
            try (var tables = statement.executeQuery(history)) {
                if (!tables.next() || tables.getInt(1) == 0) {
                    return 0;
                }
            }
            var newest = "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success = TRUE";
            try (var versions = statement.executeQuery(newest)) {
                return versions.next() ? versions.getInt(1) : 0;
            }
        }
    }
}
