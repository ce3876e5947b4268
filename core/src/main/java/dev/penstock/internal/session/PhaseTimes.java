package dev.penstock.internal.session;

import dev.penstock.ConnectPhase;
import dev.penstock.PhaseTime;
import dev.penstock.internal.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long each phase of one attempt takes. It runs while the attempt is dialled and while its session is
 * opened, and stands still while it waits for its turn in between. Told by whoever works on the attempt, read
 * by whoever ends it. Thread-safe.
 */
public final class PhaseTimes {
    private static final ConnectPhase[] PHASES = ConnectPhase.values();
    private static final long STANDS_STILL = -1;

    private final Deadline deadline;

    // guarded by this; nanoseconds, times are those since the deadline was fixed
    private final Map<ConnectPhase, Long> spent = new EnumMap<>(ConnectPhase.class);
    private long since = STANDS_STILL;
    /** Null while it shows only later for which phase the time is spent: the driver prepares its first packet. */
    private @Nullable ConnectPhase current;

    /** Stands still. */
    public PhaseTimes(Deadline deadline) {
        this.deadline = deadline;
    }

    /** Something that took its time before. */
    public synchronized void add(ConnectPhase phase, long nanos) {
        spent.merge(phase, nanos, Long::sum);
    }

    /** The session is being opened; the phase shows with the first byte. */
    public synchronized void goOn() {
        since = deadline.elapsedNanos();
        current = null;
    }

    /** The phase begins, and the one before ends. */
    synchronized void enter(ConnectPhase phase) {
        long now = deadline.elapsedNanos();
        if (current != null || since == STANDS_STILL) {
            book(now);
            since = now;
        }
        current = phase;
    }

    /** No phase is under way; the time that passes until the next begins is nobody's. */
    public synchronized void pause() {
        book(deadline.elapsedNanos());
        since = STANDS_STILL;
        current = null;
    }

    private void book(long now) {
        if (current != null) {
            add(current, now - since);
        }
    }

    /**
     * Every phase that took any time, up to {@code last} and with it. What looks later is counted for {@code
     * last}: the wire does not tell everything, the driver may look at a certificate when the handshake is over.
     *
     * @param now nanoseconds since the deadline was fixed
     */
    synchronized List<PhaseTime> upTo(ConnectPhase last, long now) {
        List<PhaseTime> times = new ArrayList<>(PHASES.length);
        long rest = 0;
        for (ConnectPhase phase : PHASES) {
            long nanos = spentUntil(now, phase, last);
            if (phase.compareTo(last) >= 0) {
                rest += nanos;
            } else if (nanos > 0) {
                times.add(new PhaseTime(phase, Duration.ofNanos(nanos)));
            }
        }
        times.add(new PhaseTime(last, Duration.ofNanos(rest)));
        return times;
    }

    private long spentUntil(long now, ConnectPhase phase, ConnectPhase last) {
        boolean running = since != STANDS_STILL && phase == (current == null ? last : current);
        return spent.getOrDefault(phase, 0L) + (running ? Math.max(0, now - since) : 0);
    }
}
