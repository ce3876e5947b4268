package dev.penstock.tools.tune.load;

import dev.penstock.budget.live.Free;
import dev.penstock.budget.live.Reading;
import dev.penstock.budget.live.ServerFacts;
import dev.penstock.tools.tune.search.LoadStoppedException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How many connections there are for us: what is free to ordinary roles and to ours, and some of it left to others. */
public final class Room {
    private final Control control;
    private final int reserve;

    /**
     * Of the server that the control session is of.
     *
     * @param reserve connections that stay free
     */
    public Room(Control control, int reserve) {
        this.control = control;
        this.reserve = reserve;
    }

    /**
     * What there is now.
     *
     * @param reading all that the server said
     * @param most size of a pool that leaves the reserve free; may be less than 1
     * @param blind what our role cannot see, and what that means; null: it sees everything
     */
    public record Now(Reading reading, int most, @Nullable String blind) {}

    /** Asks the server. */
    public Now now() throws SQLException {
        Reading reading = control.read();
        Free free = reading.free();
        // as if the one that asks were about to end, but the control session stays
        int most = Math.min(free.toRole(), free.toOrdinaryRoles()) - 1 - reserve;
        return new Now(reading, most, blind(reading));
    }

    private static @Nullable String blind(Reading reading) {
        int unknown = reading.census().unknown();
        ServerFacts server = reading.server();
        if (server.seesAll() || unknown == 0) {
            return null;
        }
        return "role " + server.role() + " may not see what " + unknown + " sessions of other roles are: all count as"
                + " taking a connection, which may be some too many; to see it: grant pg_read_all_stats to "
                + server.role();
    }

    /** Why it is not more, for people. */
    public String explain(Now now) {
        Free free = now.reading().free();
        return free.toOrdinaryRoles() + " connections are free to ordinary roles and " + free.toRole() + " to "
                + now.reading().server().role() + " (max_connections "
                + now.reading().server().maxConnections() + ", "
                + now.reading().census().sessions()
                + " sessions), of which 1 is for the control session and " + reserve + " stay free (--reserve)";
    }

    /** Before a pool of that size is opened. */
    void require(int size) throws LoadStoppedException {
        try {
            Now now = now();
            if (size > now.most()) {
                throw new LoadStoppedException(
                        "stopped before " + size + " connections: there is no room for so many any more: "
                                + explain(now) + "; lower --sizes or --reserve, or wait until others need fewer",
                        null);
            }
        } catch (SQLException e) {
            throw Trouble.stopped("before " + size + " connections", e);
        }
    }
}
