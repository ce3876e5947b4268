package dev.penstock.lab.work;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Waiting for notifications. */
final class Listening {
    /** In milliseconds, for the driver. */
    private static final int WITHOUT_END = 0;

    private static final int A_MINUTE = 60_000;

    private Listening() {}

    static void withoutEnd(Connection connection, Pace pace) throws SQLException {
        Pace.execute(connection, "listen without_end");
        pace.later("notify without_end, 'one'");
        expect(connection, WITHOUT_END, "one");
        pace.later("notify without_end, 'two'");
        expect(connection, WITHOUT_END, "two");
    }

    static void afterACommit(Connection connection, Pace pace) throws SQLException {
        connection.setAutoCommit(false);
        Pace.execute(connection, "listen after_a_commit");
        connection.commit();
        pace.later("notify after_a_commit, 'one'");
        expect(connection, WITHOUT_END, "one");
    }

    static void forSomeTime(Connection connection, Pace pace) throws SQLException {
        Pace.execute(connection, "listen for_some_time");
        expectNone(connection, pace);
        pace.later("notify for_some_time, 'one'");
        expect(connection, A_MINUTE, "one");
    }

    static void inATransaction(Connection connection, Pace pace) throws SQLException {
        connection.setAutoCommit(false);
        Pace.execute(connection, "listen in_a_transaction");
        expectNone(connection, pace);
        connection.commit();
    }

    private static void expectNone(Connection connection, Pace pace) throws SQLException {
        int millis = (int) pace.longer().toMillis();
        Expect.same("notifications", 0, notifications(connection, millis).length);
    }

    private static void expect(Connection connection, int millis, String parameter) throws SQLException {
        PGNotification[] heard = notifications(connection, millis);
        Expect.same("notifications", 1, heard.length);
        Expect.same("the notification", parameter, heard[0].getParameter());
    }

    private static PGNotification[] notifications(Connection connection, int millis) throws SQLException {
        PGNotification @Nullable [] heard =
                connection.unwrap(PGConnection.class).getNotifications(millis);
        return heard == null ? new PGNotification[0] : heard;
    }
}
