package dev.penstock.internal.lease;

import dev.penstock.PenstockConfig;
import dev.penstock.StubPool;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Sessions;
import java.lang.ref.ReferenceQueue;
import java.sql.Connection;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A slot under every interleaving of whoever closes, whoever takes back, whoever finds the lease ended underneath, the
 * next borrower and the sweeper's looks: a lease ends once, by one of them, and who held it before ends no later one,
 * whether the sweeper has seen that or not.
 */
@Tag("lincheck")
@Tag("once")
public class SlotLincheckTest {
    private static final LeaseDesk DESK = new LeaseDesk(
            "checked",
            PenstockConfig.builder().build().leases(),
            new Sessions(session -> {}),
            new Surroundings(
                    new StubPool(),
                    new Listeners(List.of()),
                    Runnable::run,
                    PenstockConfig.defaults().session(),
                    null,
                    null),
            () -> 1,
            null);

    private static final Physical SESSION = new Physical(1, null);
    private static final Terms TERMS = Terms.suspectAfter(java.time.Duration.ofNanos(1));

    private final Slot slot = new Slot(DESK, 1, SESSION.session);

    /** The lease that everybody tries to end. */
    private final LeasedConnection first = handle();

    /** The same, as the sweeper knows it. */
    private final Lease seen;

    public SlotLincheckTest() {
        if (!slot.take(first)) {
            throw new AssertionError("the slot is not free");
        }
        Lease lease = slot.see(1, new ReferenceQueue<>());
        if (lease == null) {
            throw new AssertionError("nobody holds it");
        }
        seen = lease;
    }

    /** A connection that nobody uses, and a handle for it. */
    private static final class Unused extends ForwardingConnection {
        @Override
        Connection delegate() {
            throw new UnsupportedOperationException("nobody calls it");
        }

        @Override
        public boolean isClosed() {
            return false;
        }
    }

    private LeasedConnection handle() {
        return new LeasedConnection(new Unused(), slot, TERMS, null);
    }

    @Operation
    public boolean close() {
        return slot.giveBack(first);
    }

    @Operation
    public boolean takeBack() {
        return slot.reclaim(seen);
    }

    @Operation
    public boolean endUnnoticed() {
        return slot.end(seen);
    }

    /** Whether it got the slot is no matter: another may have it, or nobody for good. */
    @Operation
    public void borrowAndClose() {
        LeasedConnection handle = handle();
        if (slot.take(handle) && !slot.giveBack(handle)) {
            throw new AssertionError("somebody else has ended a lease that he did not know of");
        }
    }

    /** By the sweeper alone: it makes a lease of a handle, and whoever closes must find it all the same. */
    @Operation(nonParallelGroup = "sweeper")
    public void look() {
        Lease unused = slot.see(1, new ReferenceQueue<>());
    }

    @Validate
    public void onceReclaimedNobodyHoldsIt() {
        if (slot.isGone() && slot.see(1, new ReferenceQueue<>()) != null) {
            throw new AssertionError("held, though it was taken back");
        }
    }

    @Test
    @Tag("once") // it chooses the order of steps itself, the same on every JDK
    void modelChecking() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(SlotLincheckTest.class);
    }

    @Test
    void stress() {
        new StressOptions()
                .iterations(6)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(SlotLincheckTest.class);
    }
}
