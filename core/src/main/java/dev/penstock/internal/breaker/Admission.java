package dev.penstock.internal.breaker;

/** What the breaker says to somebody who wants to connect. */
enum Admission {
    /** Connect as usual. */
    FREE,
    /** The one probe of a half-open breaker: its outcome decides. */
    PROBE,
    /** Not now. */
    REFUSED
}
