package dev.penstock.internal.race;

import dev.penstock.internal.target.HostPort;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * One address in the race. Its mutable part belongs to {@link Race} and is guarded by whatever guards
 * the race; everybody else sees an identity with a host and an address.
 */
public final class Entrant {
    enum State {
        /** Known, not tried yet (or due for another round). */
        UNTRIED,
        /** TCP connect under way. */
        DIALLING,
        /** TCP connected, no session asked for yet. */
        RESERVE,
        /** TLS, startup and authentication under way. */
        SESSION,
        /** Said that it is starting up; asked again at {@link #restsUntil}. */
        RESTING,
        /** Has a usable session with a role that is accepted but not preferred. */
        FALLBACK,
        /** Closed to make room; comes back once nobody else is left. */
        GAVE_WAY,
        /** Failed, lost or won: out of the race. */
        DONE
    }

    private final int id;
    private final HostPort host;
    private final @Nullable InetAddress address;

    State state = State.UNTRIED;
    /** Called while others had sessions already: opens its own as soon as TCP is there. */
    boolean company;
    /** Has had a session before: nobody gives way to it. */
    boolean tried;

    /** Time of its own that it was promised; see {@link Claims}. */
    long claim;

    /** Its silence has been reported. */
    boolean silenceReported;

    long dialledAt;
    long tcpTook;
    long openedAt;
    long restsUntil;
    int rests;

    Entrant(int id, HostPort host, @Nullable InetAddress address) {
        this.id = id;
        this.host = host;
        this.address = address;
    }

    /** An address that is tried outside of any race. */
    public static Entrant alone(HostPort host, @Nullable InetAddress address) {
        return new Entrant(0, host, address);
    }

    /** Number within the race, from 0, in the order in which addresses became known. */
    public int id() {
        return id;
    }

    /** The host it belongs to. */
    public HostPort host() {
        return host;
    }

    /** Its address; null where the address is not ours to choose. */
    public @Nullable InetAddress address() {
        return address;
    }

    boolean is(State wanted) {
        return state == wanted;
    }

    /** What is left of its claim: spent by being dialled and by opening a session, not by waiting. */
    long owed(long now) {
        return switch (state) {
            case UNTRIED -> claim;
            case DIALLING -> Math.max(0, claim - (now - dialledAt));
            case RESERVE -> Math.max(0, claim - tcpTook);
            case SESSION -> Math.max(0, claim - tcpTook - (now - openedAt));
            case RESTING, FALLBACK, GAVE_WAY, DONE -> 0;
        };
    }

    boolean live() {
        return state == State.DIALLING || state == State.SESSION;
    }

    boolean waiting() {
        return state == State.UNTRIED || state == State.RESERVE;
    }

    /** Whether it holds a socket that has to be closed when it leaves the race. */
    boolean holdsSocket() {
        return live() || state == State.RESERVE || state == State.FALLBACK;
    }

    @Override
    public String toString() {
        return "#" + id + " " + host + " " + (address == null ? "" : address.getHostAddress()) + " " + state;
    }
}
