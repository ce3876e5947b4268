package dev.penstock.internal.server;

/** How limits reach the sessions of a server. */
enum Means {
    /** Not at all. */
    NONE,

    /** SET after each connect: one round trip more. */
    SETS,

    /** In the startup packet: no round trip, and RESET ALL does not wipe them. */
    OPTIONS
}
