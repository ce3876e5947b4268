package dev.penstock.lab.fault;

import dev.penstock.lab.fault.ListeningPort.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a {@link FaultProxy} does to the connections that it accepts from now on.
 *
 * <p>Immutable apart from {@link #times}, which counts, and {@link #silentFor}, whose time runs from its creation: make
 * a new one for each use of those two.
 */
public final class Behaviour {

    /** Serves one link until it ends; runs in the link's own thread. */
    interface Service {
        void serve(Link link) throws IOException, InterruptedException;
    }

    private final String name;
    private final Answer answer;
    private final boolean needsTarget;
    private final Duration acceptDelay;
    private final Service service;

    private Behaviour(String name, Answer answer, boolean needsTarget, Duration acceptDelay, Service service) {
        this.name = name;
        this.answer = answer;
        this.needsTarget = needsTarget;
        this.acceptDelay = acceptDelay;
        this.service = service;
    }

    /** Serves without any server behind it. */
    static Behaviour alone(String name, Service service) {
        return new Behaviour(name, Answer.ACCEPT, false, Duration.ZERO, service);
    }

    private static Behaviour proxying(String name, Service service) {
        return new Behaviour(name, Answer.ACCEPT, true, Duration.ZERO, service);
    }

    private static Behaviour unreachable(String name, Answer answer) {
        return new Behaviour(name, answer, false, Duration.ZERO, Link::reset);
    }

    private static Behaviour limited(String name, int bytes, Course.End end) {
        if (bytes < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but was " + bytes);
        }
        return proxying(name + "(" + bytes + ")", link -> link.proxy(Course.straight(), Course.limited(bytes, end)));
    }

    // ---- Reachable and well.

    /** Carries all bytes both ways. */
    public static Behaviour pass() {
        return proxying("pass", link -> link.proxy(Course.straight(), Course.straight()));
    }

    // ---- Unreachable.

    /** Refuses connects (ECONNREFUSED). The port stays reserved. */
    public static Behaviour refuse() {
        return unreachable("refuse", Answer.REFUSE);
    }

    /** Lets connects hang, as {@link BlackHole} does. */
    public static Behaviour blackHole() {
        return unreachable("blackHole", Answer.DROP);
    }

    // ---- Accepts and says nothing.

    /** Accepts and then says nothing for ever; connections made now stay silent even when others are served later. */
    public static Behaviour silent() {
        return alone("silent", Link::holdForEver);
    }

    /** Reads and discards all that comes, answers nothing. */
    public static Behaviour swallow() {
        return alone("swallow", Link::discard);
    }

    /**
     * Silent until {@code time} from now has passed; then all connections made meanwhile are served as well. What a
     * frozen server looks like that is thawed again.
     */
    public static Behaviour silentFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return proxying("silentFor(" + time + ")", link -> {
            link.hold(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            link.proxy(Course.straight(), Course.straight());
        });
    }

    /** Silent for this long after each accept, then as if nothing had been: slow authentication, a cold start. */
    public static Behaviour answerAfter(Duration time) {
        return proxying("answerAfter(" + time + ")", link -> {
            link.hold(time);
            link.proxy(Course.straight(), Course.straight());
        });
    }

    /** Takes one connection at a time out of the accept queue, each after a wait: an overloaded server. */
    public static Behaviour delayAccept(Duration time) {
        return new Behaviour("delayAccept(" + time + ")", Answer.ACCEPT, true, time, pass().service);
    }

    // ---- Accepts and hangs up.

    /** Accepts and resets. */
    public static Behaviour rst() {
        return alone("rst", Link::reset);
    }

    /** Accepts and closes. */
    public static Behaviour fin() {
        return alone("fin", link -> {
            link.shutdownOutput();
            link.finish();
        });
    }

    /** Accepts, closes its own sending side at once and goes on reading. */
    public static Behaviour halfClose() {
        return alone("halfClose", link -> {
            link.shutdownOutput();
            link.discard();
        });
    }

    // ---- Slow.

    /** Carries every chunk {@code time} later, in both directions. */
    public static Behaviour delay(Duration time) {
        return proxying("delay(" + time + ")", link -> link.proxy(Course.delayed(time), Course.delayed(time)));
    }

    /** The server's answers arrive one byte at a time: no timeout per read ever passes. */
    public static Behaviour dribble(Duration perByte) {
        return proxying("dribble(" + perByte + ")", link -> link.proxy(Course.straight(), Course.dribbled(perByte)));
    }

    // ---- Breaks off in the middle. Counted are the bytes of the server's answers, TLS records included.

    /** Carries this many bytes of the server's answers and then stalls for ever. */
    public static Behaviour stallAfter(int bytesFromServer) {
        return limited("stallAfter", bytesFromServer, Link::stallForEver);
    }

    /** The same, ending with a FIN. */
    public static Behaviour cutAfter(int bytesFromServer) {
        return limited("cutAfter", bytesFromServer, link -> {
            link.shutdownOutput();
            link.finish();
        });
    }

    /** The same, ending with a RST. */
    public static Behaviour rstAfter(int bytesFromServer) {
        return limited("rstAfter", bytesFromServer, Link::reset);
    }

    // ---- Combined.

    /** The first {@code count} connections get {@code first}, all later ones {@code then}. */
    public static Behaviour times(int count, Behaviour first, Behaviour then) {
        if (first.answer != Answer.ACCEPT || then.answer != Answer.ACCEPT) {
            throw new IllegalArgumentException(
                    "times counts accepted connections, but was given " + first + " and " + then);
        }
        AtomicInteger left = new AtomicInteger(count);
        return new Behaviour(
                count + " times " + first + ", then " + then,
                Answer.ACCEPT,
                first.needsTarget || then.needsTarget,
                Duration.ZERO,
                link -> (left.getAndDecrement() > 0 ? first : then).serve(link));
    }

    void serve(Link link) throws IOException, InterruptedException {
        service.serve(link);
    }

    Answer answer() {
        return answer;
    }

    boolean needsTarget() {
        return needsTarget;
    }

    Duration acceptDelay() {
        return acceptDelay;
    }

    @Override
    public String toString() {
        return name;
    }
}
