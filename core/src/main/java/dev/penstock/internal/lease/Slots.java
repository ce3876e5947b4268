package dev.penstock.internal.lease;

import dev.penstock.internal.session.Session;
import dev.penstock.internal.time.Ticker;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The slots of one desk: one for each session, and spare ones for what has none of its own. Thread-safe. */
final class Slots {
    /** In sweeps: to ask a slot whether its session is still there costs more than all the rest. */
    private static final int ASKED_ONCE_IN = 64;

    private final LeaseDesk desk;
    private final Ticker ticker;

    /** Slots that belong to no session, for the next borrower. */
    private final Queue<Slot> spares = new ConcurrentLinkedQueue<>();

    /** Copied on write. Guarded by this for writing. */
    private volatile Slot[] all = {};

    private int numbers; // guarded by this

    private int sweeps; // by the sweeper's thread

    Slots(LeaseDesk desk, Ticker ticker) {
        this.desk = desk;
        this.ticker = ticker;
    }

    /** Not to be changed. */
    Slot[] all() {
        return all;
    }

    /**
     * One that can be taken, as far as is known.
     *
     * @param session null if the connection is not one of pgjdbc's
     * @return null if the session was taken back from its borrower
     */
    @Nullable Slot slotFor(@Nullable Session session) {
        if (session != null && session.companion() == null) {
            return add(session);
        }
        if (session != null && session.companion() instanceof Slot own && own.desk == desk) {
            Lease before = own.peek(ticker.nanos());
            // the pool has it back, past the handle: closed by way of statement.getConnection(), for example
            boolean free = before == null || (before.isClosedUnderneath() && own.endOf(before));
            if (own.isGone()) {
                return null;
            }
            if (free) {
                return own;
            }
        }
        // a connection that is not pgjdbc's, or a session that two borrowers share, as under JTA
        Slot spare = spares.poll();
        if (spare == null) {
            spare = add(null);
        }
        spare.of(session);
        return spare;
    }

    private Slot add(@Nullable Session session) {
        Slot slot = addInTurn(session);
        desk.beSwept();
        return slot;
    }

    private synchronized Slot addInTurn(@Nullable Session session) {
        Slot slot = new Slot(desk, ++numbers, session);
        if (session != null) {
            session.accompany(slot); // before the sweeper finds it: a slot that its session does not know is over
        }
        Slot[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = slot;
        all = more;
        return slot;
    }

    /** One that belongs to no session is free again. */
    void recycle(Slot spare) {
        spares.add(spare);
    }

    /** Those whose sessions are gone, looked for in a few of them at a time; by the sweeper. */
    void forgetThoseThatAreOver() {
        if (someAreOver(++sweeps % ASKED_ONCE_IN)) {
            forget();
        }
    }

    private boolean someAreOver(int share) {
        Slot[] present = all;
        for (int i = share; i < present.length; i += ASKED_ONCE_IN) {
            if (present[i].isOver()) {
                return true;
            }
        }
        return false;
    }

    private synchronized void forget() {
        all = Arrays.stream(all).filter(slot -> !slot.isOver()).toArray(Slot[]::new);
    }
}
