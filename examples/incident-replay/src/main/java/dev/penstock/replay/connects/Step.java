package dev.penstock.replay.connects;

/** What the measuring JVM does, in about this order. */
public enum Step {
    /** Both sides have connected to the healthy address often enough to be compiled. */
    WARM,
    /** Penstock by name, a connector that knows nothing yet. */
    PENSTOCK_FIRST,
    /** pgjdbc to the healthy address, each right before or after a {@link #PENSTOCK_AGAIN}. */
    DIRECT,
    /** Penstock by name, a connector that has connected before. */
    PENSTOCK_AGAIN,
    /** So many pairs of the two were made that they can be judged. */
    PAIRS_DONE,
    /** All of Penstock's connects are over. */
    PENSTOCK_DONE,
    /** pgjdbc by name. */
    PLAIN_FIRST,
    /** pgjdbc by name, once more. */
    PLAIN_SECOND
}
