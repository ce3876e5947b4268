package dev.penstock.internal.race;

/** What a failed attempt means for the rest of the race. */
public enum Setback {
    /** This address failed; the next one may do better. */
    ADDRESS,
    /** The answer holds for every address of the host (28xxx, 3D000, 53300), not for other hosts. */
    HOST,
    /** The server is starting up (57P03): leave it alone for a moment, then ask again. */
    STARTING_UP
}
