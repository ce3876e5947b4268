package dev.penstock.budget.live;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that have the same things in common.
 *
 * @param application {@code application_name}; empty if the client has set none
 * @param user that they have logged in as; null while they are logging in (PostgreSQL 18)
 * @param database that they are connected to; null while they are logging in (PostgreSQL 18)
 * @param state as in {@code pg_stat_activity}, for example {@code idle in transaction}; null if it is not known
 * @param hidden whether the server hides the state of these from the role that asked, and whether they are clients
 * @param own whether this is the session that asked
 * @param sessions how many they are
 */
public record Group(
        String application,
        @Nullable String user,
        @Nullable String database,
        @Nullable String state,
        boolean hidden,
        boolean own,
        int sessions) {
    /** {@code sessions} from 1. */
    public Group {
        Objects.requireNonNull(application, "application");
        if (sessions < 1) {
            throw new IllegalArgumentException("sessions must be at least 1, but was " + sessions);
        }
    }

    /** For example {@code checkout/pod-1/main, user app, database shop, idle: 12}. */
    @Override
    public String toString() {
        return (application.isEmpty() ? "(no application name)" : application)
                + ", user " + (user == null ? "not known yet" : user)
                + ", database " + (database == null ? "not known yet" : database)
                + ", " + shownState() + (own ? " (this one, which asks)" : "") + ": " + sessions;
    }

    String shownState() {
        return state == null ? "state unknown" : state;
    }
}
