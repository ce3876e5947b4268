package dev.penstock.internal.lease;

import dev.penstock.PenstockConfig;
import dev.penstock.StubPool;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Sessions;
import java.sql.Connection;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A slot under every interleaving of whoever closes, whoever takes back, whoever finds the lease ended underneath, the
 * next borrower and the sweeper's looks: a lease ends once, by one of them; who held it before ends no later one; and
 * what is read of a lease is its own.
 */
@Tag("lincheck")
public class SlotLincheckTest {
    private static final LeaseDesk DESK = new LeaseDesk(
            "checked",
            PenstockConfig.builder().build().leases(),
            new Sessions(),
            new Surroundings(new StubPool(), new Listeners(List.of()), Runnable::run, null),
            () -> 1,
            null);

    /** The lease that everybody tries to end. */
    private static final long FIRST = 1;

    private static final Physical SESSION = new Physical(1, null);

    private final Slot slot = new Slot(DESK, 1, SESSION.session);

    public SlotLincheckTest() {
        lend(slot.take());
    }

    /** A connection that knows whose it is, as everything else of the lease does. */
    private static final class Numbered extends ForwardingConnection {
        private final long lease;

        Numbered(long lease) {
            this.lease = lease;
        }

        @Override
        Connection delegate() {
            throw new UnsupportedOperationException("nobody calls it");
        }

        @Override
        public boolean isClosed() {
            return false;
        }
    }

    private void lend(long lease) {
        Connection inner = new Numbered(lease);
        slot.lend(new LeasedConnection(inner, slot, lease), inner, lease, new Terms(lease, false), null);
    }

    @Operation
    public boolean close() {
        return slot.giveBack(FIRST);
    }

    @Operation
    public boolean takeBack() {
        return slot.reclaim(FIRST);
    }

    @Operation
    public boolean endUnnoticed() {
        return slot.endUnnoticed(FIRST);
    }

    /** Whether it got the slot is no matter: while another gives it back it is not to be had, and that is fine. */
    @Operation
    public void borrowAndClose() {
        long lease = slot.take();
        if (lease != 0) {
            lend(lease);
            if (!slot.giveBack(lease)) {
                throw new AssertionError("somebody else has ended lease " + lease);
            }
        }
    }

    @Operation
    public void look() {
        slot.weaken();
        Lease lease = slot.lease();
        if (lease != null && !belongsTogether(lease)) {
            throw new AssertionError("of two leases: " + lease);
        }
    }

    private static boolean belongsTogether(Lease lease) {
        return lease.inner() instanceof Numbered inner
                && inner.lease == lease.number()
                && lease.borrowedAt() == lease.number()
                && lease.terms().limitNanos() == lease.number();
    }

    @Test
    void modelChecking() {
        new ModelCheckingOptions()
                .iterations(8)
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
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .check(SlotLincheckTest.class);
    }
}
