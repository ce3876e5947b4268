package dev.penstock.internal.socket;

import java.net.SocketException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The guard under every interleaving of the thread that uses the session, whoever sends a cancel request and whoever
 * aborts: no exchange begins while a request for the one before is on its way, nor after the end, and it ends once.
 */
@Tag("lincheck")
@Tag("once")
public class ExchangeGuardLincheckTest {
    private final ExchangeGuard guard = new ExchangeGuard();

    /** Cancel requests that are on their way: they hit whatever runs. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** The latest exchange; by the one thread that uses the session. */
    private final AtomicInteger exchange = new AtomicInteger();

    // what each of them got is no matter, and depends on who came when

    /** An exchange begins, if it has not to wait: a model checker cannot wait for a time. */
    @Operation(nonParallelGroup = "user")
    public void begin() {
        boolean wasOver = ended.get();
        if (!guard.isOpen() && !guard.isOver()) {
            return;
        }
        try {
            guard.enter(exchange.get() + 1);
        } catch (SocketException e) {
            return;
        }
        if (wasOver) {
            throw new AssertionError("an exchange has begun after the end");
        }
        exchange.incrementAndGet();
    }

    /** Whatever runs when it arrives is hit: that must be what it was meant for. */
    @Operation
    public void cancel() {
        int meant = exchange.get();
        if (!guard.hold(meant)) {
            return;
        }
        underWay.incrementAndGet();
        boolean hitsWhatWasMeant = guard.isAt(meant);
        underWay.decrementAndGet();
        guard.release(meant);
        if (!hitsWhatWasMeant) {
            throw new AssertionError("another exchange has begun meanwhile");
        }
    }

    /** Whoever aborts does not wait for a cancel request. */
    @Operation
    public void abort() {
        int meant = exchange.get();
        boolean held = guard.hold(meant);
        boolean over = guard.end(meant, () -> new SocketException("over"));
        if (over) {
            ends.incrementAndGet();
            ended.set(true);
        }
        if (held && !over) {
            guard.release(meant);
        }
    }

    @Validate
    public void itEndsOnceOrNotAtAll() {
        if (ends.get() > 1) {
            throw new AssertionError("ended " + ends.get() + " times");
        }
        if (underWay.get() == 0 && !guard.isOpen() && !guard.isOver()) {
            throw new AssertionError("held by nobody");
        }
    }

    @Test
    @Tag("once") // it chooses the order of steps itself, the same on every JDK
    void modelChecking() {
        new ModelCheckingOptions()
                .iterations(3)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(ExchangeGuardLincheckTest.class);
    }

    @Test
    void stress() {
        new StressOptions()
                .iterations(2)
                .invocationsPerIteration(50)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(ExchangeGuardLincheckTest.class);
    }
}
