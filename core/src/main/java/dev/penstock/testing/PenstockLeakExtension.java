package dev.penstock.testing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves connections on loan, and says where each was borrowed. JUnit Jupiter 5.4 or later, or 6.
 *
 * <pre>
 * &#64;RegisterExtension
 * static final PenstockLeakExtension leaks = PenstockLeakExtension.watching(dataSource);
 * </pre>
 *
 * <p>or, for the data sources in the fields of the test class, static or not, its super classes' and the enclosing
 * test classes' too:
 *
 * <pre>
 * &#64;ExtendWith(PenstockLeakExtension.class)
 * class OrderServiceTest {
 *     private DataSource dataSource;
 * }
 * </pre>
 *
 * <p>The check comes after the {@code @AfterEach} methods. What was borrowed in {@code @BeforeEach} is the test's; what
 * was on loan before that, borrowed in {@code @BeforeAll} or left by another test, is not. From the first test on the
 * stack of every borrow of these pools is captured. Close a pool after the check: what is on loan while it
 * is closed stays so.
 *
 * <p>Tests that share a data source must not run at the same time: what one has borrowed would be found by the other.
 *
 * <p>Immutable, thread-safe.
 */
public final class PenstockLeakExtension implements BeforeEachCallback, BeforeTestExecutionCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(PenstockLeakExtension.class);

    /** Empty: those in the fields of the test class. */
    private final List<DataSource> given;

    private final Duration patience;

    /**
     * For {@code @ExtendWith}: the data sources in the fields of the test class, those that are not Penstock's apart.
     */
    public PenstockLeakExtension() {
        this(List.of(), Duration.ZERO);
    }

    private PenstockLeakExtension(List<DataSource> given, Duration patience) {
        this.given = given;
        this.patience = patience;
    }

    /**
     * For {@code @RegisterExtension}: these data sources. They are not asked for anything before the first test; it
     * fails if one is not Penstock's, or its leases are not watched.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static PenstockLeakExtension watching(DataSource... dataSources) {
        if (dataSources.length == 0) {
            throw new IllegalArgumentException("dataSources must be one or more, but were none");
        }
        return new PenstockLeakExtension(List.of(dataSources), Duration.ZERO);
    }

    /**
     * The same for tests whose other threads may be about to give their connections back.
     *
     * @param limit how long to wait after a test, at most, until nothing is on loan; default zero: not at all
     */
    public PenstockLeakExtension waitingFor(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("limit must be zero or more, but was " + limit);
        }
        return new PenstockLeakExtension(given, limit);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestRun run = new TestRun();
        store(context).put(this, run);
        pools(context).forEach(run::watchFromHere);
    }

    /** Data sources that {@code @BeforeEach} has made: all that is on loan of them is the test's. */
    @Override
    public void beforeTestExecution(ExtensionContext context) {
        run(context).watchAll(pools(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestRun run = run(context);
        run.watchAll(pools(context));
        if (run.watchesNothing()) {
            throw new IllegalStateException(
                    PenstockLeakExtension.class.getSimpleName() + " has nothing to watch: no field of "
                            + context.getRequiredTestClass().getName()
                            + " holds a DataSource of Penstock's. Give it one:"
                            + " PenstockLeakExtension.watching(dataSource)");
        }
        LeakText.throwIfAny(run.stillOpen(patience));
    }

    private List<Watched> pools(ExtensionContext context) {
        return given.isEmpty()
                ? DataSourceFields.of(context.getRequiredTestInstances().getAllInstances())
                : given.stream().map(Watched::of).toList();
    }

    private TestRun run(ExtensionContext context) {
        return Objects.requireNonNull(store(context).get(this, TestRun.class), "beforeEach comes first");
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
