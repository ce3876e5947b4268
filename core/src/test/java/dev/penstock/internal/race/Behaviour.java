package dev.penstock.internal.race;

import static dev.penstock.internal.race.Script.NEVER;

import java.util.function.LongFunction;

/**
 * What one address does, as a function of the virtual time at which it is asked. Times are milliseconds.
 *
 * @param tcpAfter from the dial to the end of the TCP phase, {@link Script#NEVER} for a black hole
 * @param accepts whether that end is a connection, or a refusal
 * @param session what a session does that is opened at a given instant
 */
record Behaviour(double tcpAfter, boolean accepts, LongFunction<Session> session) {
    /** How a session ends. */
    enum End {
        PREFERRED,
        ACCEPTED,
        ADDRESS,
        HOST,
        STARTING_UP;

        boolean usable() {
            return this == PREFERRED || this == ACCEPTED;
        }
    }

    /**
     * One session.
     *
     * @param byteEvery interval at which the server sends a byte, NEVER for a silent one
     * @param endsAfter from the opening to the end, NEVER for one that hangs
     */
    record Session(double byteEvery, double endsAfter, End end) {}

    static Behaviour blackHole() {
        return new Behaviour(NEVER, false, at -> hanging());
    }

    static Behaviour refusesAfter(double millis) {
        return new Behaviour(millis, false, at -> hanging());
    }

    static Behaviour silent() {
        return accepting(at -> hanging());
    }

    static Behaviour dribbles(double every) {
        return accepting(at -> new Session(every, NEVER, End.ADDRESS));
    }

    /** Usable so long after the opening of the session, without a byte before. */
    static Behaviour serves(double after) {
        return accepting(at -> new Session(NEVER, after, End.PREFERRED));
    }

    static Behaviour fails(double after, Setback setback) {
        return accepting(at -> new Session(NEVER, after, End.valueOf(setback.name())));
    }

    /** Silent until that instant, whenever the session was opened; then it serves at once. */
    static Behaviour servesFrom(double instant) {
        return accepting(at -> new Session(NEVER, Math.max(1, instant - at), End.PREFERRED));
    }

    /** Answers 57P03 until that instant, and serves from then on. */
    static Behaviour startingUpUntil(double instant) {
        return accepting(at -> new Session(NEVER, 1, at < instant ? End.STARTING_UP : End.PREFERRED));
    }

    private static Behaviour accepting(LongFunction<Session> session) {
        return new Behaviour(0, true, session);
    }

    private static Session hanging() {
        return new Session(NEVER, NEVER, End.ADDRESS);
    }

    /** TCP takes that long. */
    Behaviour tcp(double millis) {
        return new Behaviour(millis, accepts, session);
    }

    /** Its role will do, but another one is preferred. */
    Behaviour acceptedRole() {
        return new Behaviour(tcpAfter, accepts, at -> {
            Session plan = session.apply(at);
            return new Session(
                    plan.byteEvery(), plan.endsAfter(), plan.end() == End.PREFERRED ? End.ACCEPTED : plan.end());
        });
    }

    /** The server sends a byte every so often while the session is opened. */
    Behaviour bytesEvery(double millis) {
        return new Behaviour(tcpAfter, accepts, at -> {
            Session plan = session.apply(at);
            return new Session(millis, plan.endsAfter(), plan.end());
        });
    }
}
