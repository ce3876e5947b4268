package dev.penstock.internal.server;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a server says to options in the startup packet that it does not take. */
final class Refusal {
    /** A pooler that does not know the parameter; a server that does not know the setting; or not its value. */
    private static final Set<String> STATES = Set.of("08P01", "42704", "22023");

    /**
     * PgBouncer gives 08P01 for most of what keeps a client from a server. Of what it does not take it says
     * "unsupported startup parameter"; other poolers have other words, so only what is known to mean something else is
     * left out.
     */
    private static final List<String> OTHER_TROUBLE = List.of(
            "query_wait_timeout",
            "client_login_timeout",
            "login failed",
            "login has been failing",
            "cannot connect to server",
            "no more connections allowed",
            "no such database",
            "shutting down");

    private Refusal() {}

    /** Its SQLState; null if the failure is another one, so far as that can be told. */
    static @Nullable String of(SQLException failure) {
        ServerErrorMessage said = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (said == null || isOtherTrouble(said.getMessage())) {
            return null;
        }
        String state = said.getSQLState();
        return state != null && STATES.contains(state) ? state : null;
    }

    private static boolean isOtherTrouble(@Nullable String text) {
        return text != null && OTHER_TROUBLE.stream().anyMatch(text::contains);
    }
}
