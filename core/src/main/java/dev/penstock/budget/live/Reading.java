package dev.penstock.budget.live;

import dev.penstock.budget.Plan;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server said at one moment.
 *
 * @param server its limits
 * @param census who is connected to it
 * @param pooler a sentence on the connection pooler that stands in between; null: none was seen. With one, the role, and
 *     what is free to it, are those of the pooler's own session
 */
public record Reading(
        ServerFacts server, Census census, @Nullable String pooler) {
    /** Neither part is null. */
    public Reading {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(census, "census");
    }

    /** Next to a declared plan. */
    public Comparison against(Plan plan) {
        return Comparison.of(this, plan);
    }

    /** What the server allows, who is connected, and what is free. */
    public List<String> explain() {
        return List.of();
    }
}
