package dev.penstock.budget.live;

import dev.penstock.budget.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server said at one moment.
 *
 * @param host that the connection was made to, with its port: of several hosts in a URL the one that was asked
 * @param server its limits
 * @param census who is connected to it
 * @param pooler a sentence on the connection pooler that stands in between; null: none was seen. With one, the role,
 *     and what is free to it, are those of the pooler's own session
 */
public record Reading(
        String host,
        ServerFacts server,
        Census census,
        @Nullable String pooler) {
    /** Only {@code pooler} may be null. */
    public Reading {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(census, "census");
    }

    /** Next to a declared plan. */
    public Comparison against(Plan plan) {
        return Comparison.of(this, plan);
    }

    /** How many more connections the server takes. */
    public Free free() {
        return Free.of(this);
    }

    /** How many of the sessions end when the connection is closed that asked: not those of a pooler. */
    int leaving() {
        return pooler == null ? census.own() : 0;
    }

    /** The sessions that stay when that connection is closed. */
    List<Group> staying() {
        return census.groups().stream()
                .filter(group -> pooler != null || !group.own())
                .toList();
    }

    /** Which server it was, whom it was asked as, and what stands in between. */
    List<String> introduction() {
        return pooler == null ? List.of(asked()) : List.of(asked(), pooler);
    }

    /** For example {@code PostgreSQL 18.1 at db:5432, asked as app in database shop}. */
    public String asked() {
        return "PostgreSQL " + server.versionText() + " at " + host + ", asked as " + server.role() + " in database "
                + server.database();
    }

    /** What the server allows, what of it is free, and who is connected. */
    public List<String> explain() {
        List<String> lines = new ArrayList<>(introduction());
        lines.addAll(free().explain(server.role()));
        lines.addAll(census.explain());
        if (census.unknown() > 0) {
            lines.add(census.unknown() + " sessions of other roles, of which this role may not see the state, nor"
                    + " whether they are clients; to see it: grant pg_read_all_stats to " + server.role());
        }
        return lines;
    }
}
