package dev.bulla.channel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * The statements of one connection, each compiled once: SQLite compiles a statement for about as long as it runs a small
 * one. A statement that is in use is not handed out again, so the same text may run inside itself. One that failed is not
 * kept. Not safe to share, as its connection.
 */
final class KeptStatements extends DefaultStatementBuilder {
    private static final int MOST = 256;

    private final Map<String, PreparedStatement> idle = new HashMap<>();

    /** With their texts as SQLite knows them; {@link #close} is told another form. */
    private final IdentityHashMap<Statement, String> used = new IdentityHashMap<>();

    /**
     * Does what has neither parameters nor rows, {@code BEGIN} and its like, without all that Jdbi makes around a statement:
     * there are as many of these as of all others.
     */
    static void execute(Handle handle, String sql) {
        try {
            ((KeptStatements) handle.getStatementBuilder()).execute(handle.getConnection(), sql);
        } catch (SQLException failure) {
            throw new UnableToExecuteStatementException(sql + " failed", failure, null);
        }
    }

    private void execute(Connection connection, String sql) throws SQLException {
        var kept = idle.remove(sql);
        var statement = kept == null ? connection.prepareStatement(sql) : kept;
        var done = false;
        try {
            statement.execute();
            done = true;
        } finally {
            if (done) {
                idle.put(sql, statement);
            } else {
                statement.close();
            }
        }
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        var kept = idle.remove(sql);
        var statement = kept == null ? super.create(connection, sql, context) : kept;
        used.put(statement, sql);
        return statement;
    }

    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        var text = used.remove(statement);
        if (text != null && !idle.containsKey(text) && idle.size() < MOST && isUsable(statement)) {
            idle.put(text, (PreparedStatement) statement);
        } else {
            statement.close();
        }
    }

    /** Forgets its parameters, which fails for a statement that the driver has ended after an error. */
    private static boolean isUsable(Statement statement) {
        try {
            ((PreparedStatement) statement).clearParameters();
            return true;
        } catch (SQLException _) {
            return false; // it is closed instead of kept
        }
    }

    @Override
    public void close(Connection connection) {
        idle.clear(); // the connection ends its statements when it is closed
        used.clear();
    }
}
