package dev.penstock.tools.tune.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether it is to end, for everybody who waits. Thread-safe; never taken back. */
public final class Stop {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Set by the thread that may block. */
    private volatile Runnable unblock = Stop::nothing;

    /** From now on all waiting ends at once. */
    public void request() {
        requested.countDown();
        unblock.run();
    }

    /** How to end what would not look here, until this is called again; may be called more than once. */
    public void unblockBy(Runnable what) {
        unblock = what;
        if (isRequested()) {
            what.run();
        }
    }

    /** Nothing blocks any more. */
    public void unblockByNothing() {
        unblock = Stop::nothing;
    }

    private static void nothing() {}

    /** Whether somebody has asked for it. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits that long, or until somebody asks for it; returns whether somebody has. */
    boolean within(Duration time) throws InterruptedException {
        return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
