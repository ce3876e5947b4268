package dev.penstock.testing;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Asserts in a test that every connection has been given back.
 *
 * <pre>{@code
 * PenstockLeaks.captureStacks(dataSource);      // before what borrows, so that a leak names its place
 * new OrderService(dataSource).placeOrder();
 * PenstockLeaks.assertNone(dataSource);
 * }</pre>
 *
 * <p>With JUnit Jupiter {@link PenstockLeakExtension} does both. Needs no test framework; thread-safe.
 */
public final class PenstockLeaks {
    private PenstockLeaks() {}

    /**
     * Fails at once if a connection of this pool is on loan.
     *
     * @param dataSource of Penstock, or what unwraps to one, with {@code leases.detection} on
     * @throws AssertionError if one is; with thread, age, activity and borrow stack of each
     * @throws IllegalArgumentException if the data source is not Penstock's, or its leases are not watched
     */
    public static void assertNone(DataSource dataSource) {
        assertNone(dataSource, Duration.ZERO);
    }

    /**
     * As {@link #assertNone(DataSource)}, for connections that other threads may be about to give back.
     *
     * @param patience how long to wait, at most, until none is on loan; zero: not at all. Whoever is interrupted waits
     *     no longer, and the flag stays set
     */
    public static void assertNone(DataSource dataSource, Duration patience) {
        Watched pool = Watched.of(dataSource);
        LeakText.throwIfAny(Watched.stillOpen(List.of(pool.exceptFor(Set.of())), patience));
    }

    /**
     * Has the stack of every borrow captured from now on, whatever that costs; else it is that of a sample only.
     *
     * @throws IllegalArgumentException if the data source is not Penstock's, or its leases are not watched
     */
    public static void captureStacks(DataSource dataSource) {
        Watched.of(dataSource).captureStacks();
    }
}
