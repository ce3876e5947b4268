package dev.penstock.internal.gate;

import dev.penstock.PoolUnavailableException;
import dev.penstock.StubPool;
import dev.penstock.internal.breaker.Outage;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The gate under every interleaving of callers with what closes and opens it: each caller passes in the end, whenever
 * it came, so nobody is lost between looking and waiting; nobody is counted as waiting afterwards, and it stands open.
 */
@Tag("lincheck")
@Tag("once")
public class GateLincheckTest {
    private static final long LONG = Duration.ofHours(1).toNanos();

    private volatile @Nullable Outage outage;
    private final Gate gate = new Gate("checked", new StubPool(), () -> outage, Duration.ofHours(1), () -> {}, () -> 1);

    @Operation
    public boolean pass() throws InterruptedException {
        try {
            return gate.pass(LONG) == LONG;
        } catch (PoolUnavailableException e) {
            return false;
        }
    }

    @Operation
    public void suspendAndResume() {
        gate.suspend();
        gate.resume();
    }

    @Operation(nonParallelGroup = "breaker")
    public void outageBeginsAndEnds() {
        outage = Outage.since(0, null, LONG);
        gate.breakerChanged();
        outage = null;
        gate.breakerChanged();
    }

    @Validate
    public void standsOpenAndNobodyWaits() {
        if (!gate.isOpen() || gate.waiting() != 0) {
            throw new AssertionError("open " + gate.isOpen() + ", waiting " + gate.waiting());
        }
    }

    @Test
    @Tag("once") // it chooses the order of steps itself, the same on every JDK
    void modelChecking() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .check(GateLincheckTest.class);
    }

    @Test
    void stress() {
        new StressOptions()
                .iterations(20)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(3)
                .check(GateLincheckTest.class);
    }
}
