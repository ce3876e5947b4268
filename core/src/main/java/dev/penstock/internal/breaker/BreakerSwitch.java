package dev.penstock.internal.breaker;

import dev.penstock.BreakerState;
import org.jspecify.annotations.Nullable;

/** What people see of a breaker and do with it by hand. Thread-safe. */
public interface BreakerSwitch {
    /** Of a connector without one. */
    BreakerSwitch NONE = new BreakerSwitch() {
        @Override
        public BreakerState state() {
            return BreakerState.OFF;
        }

        @Override
        public void forceOpen() {}

        @Override
        public void forceClosed() {}

        @Override
        public void reset() {}

        @Override
        public @Nullable Outage knownOutage() {
            return null;
        }
    };

    /** What state it is in. */
    BreakerState state();

    /** Opens it until {@link #reset}; nothing is probed. */
    void forceOpen();

    /** Closes it until {@link #reset}, whatever fails. */
    void forceClosed();

    /** Closes it, and leaves it to itself again. */
    void reset();

    /** The outage as it counts it, also where nothing is refused because of it; null while there is none. */
    @Nullable Outage knownOutage();
}
