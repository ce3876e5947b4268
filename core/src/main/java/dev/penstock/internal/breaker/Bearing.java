package dev.penstock.internal.breaker;

import dev.penstock.ConnectOutcome;

/** What the outcome of a connect says about whether connections can be made. */
enum Bearing {
    /** They can. */
    GOOD,
    /** They cannot: unreachable, timed out, broken off. Counts. */
    BAD,
    /** The server is there and refuses for a reason of its own or ours: nothing that waiting behind a breaker cures. */
    ANSWERED,
    /** Nothing is known, or the server is on its way up: neither opens nor escalates nor closes. */
    NEUTRAL;

    static Bearing of(ConnectOutcome outcome) {
        return switch (outcome) {
            case CONNECTED -> GOOD;
            case UNREACHABLE, TIMED_OUT, BROKEN -> BAD;
            case REJECTED, SERVER_FULL, SERVER_ERROR -> ANSWERED;
            case STARTING_UP, WRONG_ROLE, NO_CREDENTIALS, LOST_RACE, ABANDONED -> NEUTRAL;
        };
    }
}
