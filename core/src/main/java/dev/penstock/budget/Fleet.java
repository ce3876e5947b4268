package dev.penstock.budget;

/**
 * Replicas that hold equally many connections each: of a service, or of a PgBouncer tier.
 *
 * @param name of the service or tier
 * @param noun what one of them is
 * @param replicas how many
 * @param rollout how many more
 * @param formula how the connections of one come about
 * @param each what one may hold
 */
record Fleet(String name, String noun, Replicas replicas, Rollout rollout, String formula, int each) {
    static Fleet of(Service service) {
        String pools = service.pools() == 1 ? "" : service.pools() + " pools x ";
        return new Fleet(
                service.name(),
                "replica",
                service.replicas(),
                service.rollout(),
                pools + service.poolSize(),
                service.pools() * service.poolSize());
    }

    static Fleet of(BouncerTier tier) {
        return new Fleet(
                tier.name(),
                "instance",
                Replicas.of(tier.instances()),
                tier.rollout(),
                tier.formula(),
                tier.serverConnections());
    }

    /** How many connections its rollout adds. */
    long surge() {
        return moreReplicas() * each;
    }

    private long moreReplicas() {
        return rollout.surge(replicas.maximum());
    }

    Term steady() {
        return term(Integer.toString(replicas.steady()), replicas.steady());
    }

    /** With as many replicas as an autoscaler makes. */
    Term largest() {
        return term(Integer.toString(replicas.maximum()), replicas.maximum());
    }

    /** The same while a new version is rolled out. */
    Term rollingOut() {
        long more = moreReplicas();
        return more == 0 ? largest() : term("(" + replicas.maximum() + " + " + more + ")", replicas.maximum() + more);
    }

    private Term term(String counted, long count) {
        return new Term(name, counted + " " + noun + (count == 1 ? "" : "s") + " x " + formula, count * each);
    }
}
