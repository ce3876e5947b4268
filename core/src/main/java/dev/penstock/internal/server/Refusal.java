package dev.penstock.internal.server;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a server says to options in the startup packet that it does not take. */
final class Refusal {
    /** A pooler that does not know the parameter; a server that does not know the setting; or not its value. */
    private static final Set<String> STATES = Set.of("08P01", "42704", "22023");

    private Refusal() {}

    /** Its SQLState; null if the failure is another one. */
    static @Nullable String of(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String state = said == null ? null : said.getSQLState();
        return state != null && STATES.contains(state) ? state : null;
    }
}
