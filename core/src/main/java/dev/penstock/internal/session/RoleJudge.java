package dev.penstock.internal.session;

import dev.penstock.internal.target.ServerRole;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Tells a primary from a secondary as pgjdbc does ({@code ConnectionFactoryImpl.isPrimary}). */
final class RoleJudge {
    private RoleJudge() {}

    /** PRIMARY or SECONDARY: in_hot_standby where the server reports it, else transaction_read_only. */
    static ServerRole roleOf(Connection connection) throws SQLException {
        String standby = connection.unwrap(PGConnection.class).getParameterStatus("in_hot_standby");
        if ("on".equalsIgnoreCase(standby)) {
            return ServerRole.SECONDARY;
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show transaction_read_only")) {
            answer.next();
            return "off".equalsIgnoreCase(answer.getString(1)) ? ServerRole.PRIMARY : ServerRole.SECONDARY;
        }
    }
}
