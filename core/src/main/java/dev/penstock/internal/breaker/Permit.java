package dev.penstock.internal.breaker;

/**
 * What the breaker says to somebody who wants to connect. Whoever connects gives it back with the outcome.
 *
 * @param probe number of the probe that this permits, a probe that was given up for lost has another; 0 for none
 */
record Permit(Kind kind, long probe) {
    enum Kind {
        /** Connect as usual. */
        FREE,
        /** The one probe of a half-open breaker: its outcome decides. */
        PROBE,
        /** Not now. */
        REFUSED
    }

    static final Permit FREE = new Permit(Kind.FREE, 0);

    /** Beside the connect of a creator: it is short, so its failure says nothing. */
    static final Permit COMPANY = new Permit(Kind.FREE, -1);

    static final Permit REFUSED = new Permit(Kind.REFUSED, 0);

    /** Whether a failure counts towards the opening. */
    boolean counts() {
        return equals(FREE);
    }

    static Permit probe(long number) {
        return new Permit(Kind.PROBE, number);
    }
}
