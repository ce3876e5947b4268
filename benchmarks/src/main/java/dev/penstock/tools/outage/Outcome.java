package dev.penstock.tools.outage;

/** How a borrow ended. */
enum Outcome {
    /** The connection answered a query. */
    SERVED,
    /** The pool threw. */
    FAILED,
    /** The pool lent a connection on which the query failed. */
    DEAD
}
