package dev.penstock.budget.live;

/**
 * What is declared for something that connects to the server, and what is there of it.
 *
 * @param name of the service, PgBouncer tier or fixed client
 * @param kind which of the three it is
 * @param steady the most that it may hold with the replicas that run as a rule
 * @param worst the most that it may hold at all: with as many replicas as an autoscaler makes, in a rollout
 * @param now sessions that carry its name
 */
public record Use(String name, Kind kind, long steady, long worst, int now) {
    /** What connects. */
    public enum Kind {
        /** Known by the application name {@code service/instance/pool}. */
        SERVICE,
        /**
         * PgBouncer hands the application name of its clients on, so that a session of it carries the name of the
         * client that had it last. Counted are those with the name of the tier, or of a service or fixed client that
         * goes through it; what else it carries for others cannot be told from sessions of nobody in the plan.
         */
        TIER,
        /** Known if the application name, or the service in it, is the client's name in the plan. */
        CLIENT
    }

    /** How many more than it may hold at all. */
    public long beyond() {
        return Math.max(0, now - worst);
    }

    /**
     * How many sessions of other names may be its. A service that carries its name has no others; a service of which
     * there is none may be running without its name, or not at all.
     */
    public long unnamed() {
        return kind == Kind.SERVICE && now > 0 ? 0 : Math.max(0, worst - now);
    }

    /** For example {@code checkout: 34 now, 60 in steady state, 80 at most}. */
    @Override
    public String toString() {
        return name + ": " + now + " now, " + steady + " in steady state, " + worst + " at most"
                + (beyond() == 0 ? "" : "; " + beyond() + " more than it may have");
    }
}
