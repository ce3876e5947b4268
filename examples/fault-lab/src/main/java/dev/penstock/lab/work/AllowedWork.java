package dev.penstock.lab.work;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * Work that takes longer than every limit of its session that {@link #limit} makes short, and that the server allows
 * all the same. Each kind uses names of its own on the server, so that all of them may run side by side, once.
 */
public enum AllowedWork {
    /** Pauses at the begin, in the middle and at the end. */
    COPY_IN_WITH_PAUSES(Copies::in, AllowedBy.SERVER_AND_CLIENT, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION),
    COPY_IN_IN_A_TRANSACTION(
            Copies::inATransaction, AllowedBy.SERVER_AND_CLIENT, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION),
    /** The server has a limit of the whole of it; the client of what it waits. */
    COPY_IN_THAT_TAKES_LONGER_THAN_A_STATEMENT_MAY(
            Copies::inSlowly, AllowedBy.CLIENT_ALONE, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION, Limit.STATEMENT),
    /** Each row is so short that most of them do not leave the driver. */
    COPY_IN_ROW_BY_ROW(
            Copies::rowByRow, AllowedBy.CLIENT_ALONE, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION, Limit.STATEMENT),
    /** Once all is on its way the server counts it as idle. */
    COPY_OUT_READ_WITH_PAUSES(Copies::out, AllowedBy.CLIENT_ALONE, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION),
    COPY_OUT_IN_A_TRANSACTION(
            Copies::outInATransaction, AllowedBy.CLIENT_ALONE, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION),
    COPY_OUT_THAT_TAKES_LONGER_THAN_A_STATEMENT_MAY(
            Copies::outSlowly, AllowedBy.CLIENT_ALONE, Limit.IDLE_SESSION, Limit.IDLE_IN_TRANSACTION, Limit.STATEMENT),

    LISTEN_WITHOUT_END(
            Listening::withoutEnd,
            AllowedBy.SERVER_AND_CLIENT,
            Limit.STATEMENT,
            Limit.TRANSACTION,
            Limit.IDLE_IN_TRANSACTION),
    LISTEN_AFTER_A_COMMIT(
            Listening::afterACommit,
            AllowedBy.SERVER_AND_CLIENT,
            Limit.STATEMENT,
            Limit.TRANSACTION,
            Limit.IDLE_IN_TRANSACTION),
    LISTEN_FOR_SOME_TIME(
            Listening::forSomeTime,
            AllowedBy.SERVER_AND_CLIENT,
            Limit.STATEMENT,
            Limit.TRANSACTION,
            Limit.IDLE_IN_TRANSACTION),
    LISTEN_IN_A_TRANSACTION(Listening::inATransaction, AllowedBy.SERVER_AND_CLIENT, Limit.STATEMENT),

    CURSOR_WITH_THINK_TIME(Reading::cursor, AllowedBy.SERVER_AND_CLIENT, Limit.STATEMENT, Limit.IDLE_SESSION),
    LARGE_RESULT_READ_SLOWLY(Reading::largeResult, AllowedBy.SERVER_AND_CLIENT, Limit.STATEMENT),

    /** Each of its statements is short. */
    BATCH(Statements::batch, AllowedBy.SERVER_AND_CLIENT, Limit.STATEMENT),
    BATCH_IN_A_TRANSACTION(
            Statements::batchInATransaction, AllowedBy.SERVER_AND_CLIENT, Limit.STATEMENT, Limit.IDLE_IN_TRANSACTION),
    /** Seen from time to time they look like one. */
    TRANSACTIONS_BACK_TO_BACK(
            ShortTransactions::run,
            AllowedBy.SERVER_AND_CLIENT,
            Limit.STATEMENT,
            Limit.TRANSACTION,
            Limit.IDLE_IN_TRANSACTION),
    SEVERAL_STATEMENTS_IN_ONE(Statements::severalInOne, AllowedBy.SERVER_AND_CLIENT, Limit.STATEMENT);

    /** Of a session. */
    public enum Limit {
        /** Of each statement. */
        STATEMENT(Duration.ofMinutes(4)),
        /** From begin to end. */
        TRANSACTION(Duration.ofMinutes(5)),
        /** Between two statements of one transaction. */
        IDLE_IN_TRANSACTION(Duration.ofMinutes(5)),
        /** Outside of transactions. */
        IDLE_SESSION(Duration.ofMinutes(5));

        private final Duration ample;

        Limit(Duration ample) {
            this.ample = ample;
        }
    }

    private enum AllowedBy {
        SERVER_AND_CLIENT,
        CLIENT_ALONE
    }

    /** How it is done. */
    @FunctionalInterface
    private interface Form {
        void on(Connection connection, Pace pace) throws SQLException;
    }

    @SuppressWarnings("ImmutableEnumChecker") // method references have no state
    private final Form form;

    private final AllowedBy allowedBy;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is
    private final Set<Limit> shorter;

    AllowedWork(Form form, AllowedBy allowedBy, Limit... shorter) {
        this.form = form;
        this.allowedBy = allowedBy;
        this.shorter = Set.of(shorter);
    }

    /**
     * Does it.
     *
     * @throws SQLException when it is cut
     * @throws IllegalStateException when something of it has not arrived
     */
    public void on(Connection connection, Pace pace) throws SQLException {
        form.on(connection, pace);
    }

    /** False where the client allows more than the server would. */
    public boolean theServerAllowsIt() {
        return allowedBy == AllowedBy.SERVER_AND_CLIENT;
    }

    /**
     * The limit that its session is to have: minutes, unless it takes longer than {@code limit} allows.
     *
     * @param limit that of the {@link Pace}
     */
    public Duration limit(Limit kind, Duration limit) {
        if (!shorter.contains(kind)) {
            return kind.ample;
        }
        // statements must have a shorter one than transactions
        return kind == Limit.TRANSACTION ? limit.multipliedBy(11).dividedBy(10) : limit;
    }
}
