package dev.penstock.internal.session;

import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The hand-over under every interleaving: whatever one thread sees is what a single thread could have
 * seen, no session is established and expired, every socket of an expired one is closed, and none of an
 * established one.
 */
@Tag("lincheck")
@Tag("once")
public class HandOverLincheckTest {
    private final HandOver handOver = new HandOver();
    private final CountingSocket first = new CountingSocket();
    private final CountingSocket second = new CountingSocket();

    /** Counts closes and touches no file descriptor, which a model checker could not follow. */
    private static final class CountingSocket extends Socket {
        private final AtomicInteger closes = new AtomicInteger();
        private volatile boolean offered;

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing to guard
        public int getSoTimeout() {
            return 0;
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing to guard
        public void close() {
            closes.incrementAndGet();
        }
    }

    @Operation(runOnce = true)
    public boolean admitFirst() {
        return admit(first);
    }

    @Operation(runOnce = true)
    public boolean admitSecond() {
        return admit(second);
    }

    private boolean admit(CountingSocket socket) {
        socket.offered = true;
        try {
            handOver.admit(socket);
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    @Operation
    public boolean establish() {
        return handOver.establish();
    }

    @Operation
    public boolean expire() {
        return handOver.expire();
    }

    @Validate
    public void closedIfAndOnlyIfExpired() {
        if (handOver.established() && handOver.expired()) {
            throw new AssertionError("both established and expired");
        }
        check(first);
        check(second);
    }

    private void check(CountingSocket socket) {
        boolean closed = socket.closes.get() > 0;
        if (closed != (handOver.expired() && socket.offered)) {
            throw new AssertionError("closed: " + closed + ", offered: " + socket.offered + ", expired: "
                    + handOver.expired() + ", established: " + handOver.established());
        }
    }

    @Test
    @Tag("once") // it chooses the order of steps itself, the same on every JDK
    void modelChecking() {
        new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(getClass());
    }

    @Test
    void stress() {
        new StressOptions()
                .iterations(20)
                .invocationsPerIteration(50)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(getClass());
    }
}
