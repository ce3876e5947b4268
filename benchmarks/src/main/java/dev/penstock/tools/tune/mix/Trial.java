package dev.penstock.tools.tune.mix;

import dev.penstock.internal.failure.FailureClass;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs each unit of a mix once, in a transaction that is rolled back, so that what is wrong with a statement is told
 * before anything is measured.
 *
 * <p>Rolled back is what PostgreSQL rolls back: sequences stay where they are.
 */
public final class Trial {
    private static final String WRITES = "25006";
    private static final String LOST = "08";

    private static final String STILL_READ_ONLY = "select pg_catalog.current_setting('transaction_read_only')"
            + " operator(pg_catalog.||) pg_catalog.current_setting('default_transaction_read_only')";

    private final Mix mix;
    private final boolean readOnly;

    /**
     * Of that mix.
     *
     * @param readOnly whether its statements may not write; the sessions have to see to that themselves, this looks
     *     whether a statement undoes it
     */
    public Trial(Mix mix, boolean readOnly) {
        this.mix = mix;
        this.readOnly = readOnly;
    }

    /**
     * Tries all, on a session like those that will do it later; leaves it in autocommit, with nothing open.
     *
     * @param goOn asked before each unit; if not, the rest is not tried
     * @throws BadMixException if the server refuses one of them, or it undoes the session's being read-only
     * @throws SQLException if the server went away
     */
    public void run(Connection connection, RandomGenerator random, BooleanSupplier goOn)
            throws BadMixException, SQLException {
        for (WorkUnit unit : mix.units()) {
            if (!goOn.getAsBoolean()) {
                return;
            }
            connection.setAutoCommit(false);
            try {
                for (MixStatement statement : unit.statements()) {
                    run(connection, unit, statement, random);
                }
            } finally {
                if (!connection.isClosed()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private void run(Connection connection, WorkUnit unit, MixStatement statement, RandomGenerator random)
            throws BadMixException, SQLException {
        try {
            statement.run(connection, random);
        } catch (SQLException e) {
            String state = Objects.requireNonNullElse(FailureClass.sqlState(e), "none");
            if (connection.isClosed() || state.startsWith(LOST)) {
                throw e;
            }
            throw bad(unit, statement, told(e, state), e);
        }
        if (readOnly && !isReadOnly(connection)) {
            throw bad(
                    unit,
                    statement,
                    "the statement makes its session one that may write; without --allow-writes none may",
                    null);
        }
    }

    private static String told(SQLException failure, String state) {
        String advice = state.equals(WRITES) ? "; it writes, which takes --allow-writes" : "";
        return "the server refuses the statement: " + failure.getMessage() + " (SQLState " + state + ")" + advice;
    }

    private static boolean isReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(STILL_READ_ONLY)) {
            return result.next() && result.getString(1).equals("onon");
        }
    }

    private BadMixException bad(WorkUnit unit, MixStatement statement, String what, @Nullable Throwable cause) {
        return new BadMixException(mix.name(), statement.line(), "(" + unit.name() + ") " + what, cause);
    }
}
