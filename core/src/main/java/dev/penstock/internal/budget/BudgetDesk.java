package dev.penstock.internal.budget;

import dev.penstock.BudgetCheck;
import dev.penstock.BudgetReport;
import dev.penstock.BudgetSettings;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockListener.BudgetChecked;
import dev.penstock.budget.Assessment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.live.Comparison;
import dev.penstock.budget.live.Reading;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Workers;
import dev.penstock.internal.events.Listeners;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the pool above one connector against the declared plan. Thread-safe. */
public final class BudgetDesk implements AutoCloseable {
    private static final int MOST_LINES = 4;

    private final String name;
    private final BudgetSettings settings;
    /** Null while Penstock is off. */
    private final @Nullable Creation connects;

    private final Supplier<ConnectOrder> orders;
    private final Listeners listeners;

    private final Set<LiveReading> underWay = ConcurrentHashMap.newKeySet();
    private volatile @Nullable BudgetReport latest;
    private volatile boolean closed;

    /**
     * Nothing is checked yet.
     *
     * @param orders asked in the thread that wants a check: how it connects
     */
    public BudgetDesk(
            String name,
            BudgetSettings settings,
            @Nullable Creation connects,
            Supplier<ConnectOrder> orders,
            Listeners listeners) {
        this.name = name;
        this.settings = settings;
        this.connects = connects;
        this.orders = orders;
        this.listeners = listeners;
    }

    /** What came of the latest check; null if none is over. */
    public @Nullable BudgetReport latest() {
        return latest;
    }

    /**
     * Checks now, within the limit, and tells the listeners.
     *
     * @throws IllegalArgumentException if {@code maximumPoolSize} is less than 1, or the limit not more than zero
     * @throws InvalidSettingException if there is no plan, or it is not known which of its services this is
     */
    public BudgetReport check(int maximumPoolSize, Duration limit) {
        return check(planned(maximumPoolSize, limit), limit, orders.get());
    }

    /**
     * What the plan comes to with a pool of that size, by what the server said at the latest check, else as declared;
     * nobody is asked, and nobody told. Null if there is no plan, or {@code budget.check} is off.
     *
     * @param maximumPoolSize at least 1
     * @throws InvalidSettingException if it is not known which of the plan's services this is
     */
    public @Nullable BudgetReport withPoolOf(int maximumPoolSize) {
        Plan plan = settings.plan();
        if (plan == null || settings.check() == BudgetCheck.OFF) {
            return null;
        }
        PlannedPool pool = PlannedPool.of(plan, settings, name, maximumPoolSize);
        BudgetReport known = latest;
        Comparison live = known == null ? null : known.live();
        return new BudgetReport(
                pool.service(),
                Assessment.of(pool.plan()),
                live == null ? null : live.reading().against(pool.plan()),
                pool.unplanned(),
                known == null ? "it has not been asked yet" : known.unchecked());
    }

    /** The same on a worker; the calling thread waits for nothing. */
    public void checkLater(int maximumPoolSize, Duration limit) {
        PlannedPool pool = planned(maximumPoolSize, limit);
        ConnectOrder order = orders.get();
        try {
            Workers.run(order.loader().lentTo(() -> check(pool, limit, order)));
        } catch (RuntimeException | Error e) {
            conclude(pool, null, "there is no thread to be had (" + e + ")");
        }
    }

    private PlannedPool planned(int maximumPoolSize, Duration limit) {
        if (maximumPoolSize < 1) {
            throw new IllegalArgumentException("maximumPoolSize must be at least 1, but was " + maximumPoolSize);
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be more than zero, but was " + limit);
        }
        Plan plan = settings.plan();
        if (plan == null) {
            throw new InvalidSettingException("penstock.budget.plan", "must be set for a check", null);
        }
        return PlannedPool.of(plan, settings, name, maximumPoolSize);
    }

    private BudgetReport check(PlannedPool pool, Duration limit, ConnectOrder order) {
        if (connects == null) {
            return conclude(pool, null, "Penstock is off (penstock.enabled=false)");
        }
        LiveReading reading = new LiveReading(connects, order, limit);
        underWay.add(reading);
        try {
            if (closed) {
                reading.end("the connector is closed");
            }
            Reading read = reading.read();
            return conclude(pool, read.against(pool.plan()), read.pooler());
        } catch (SQLException | RuntimeException e) {
            return conclude(pool, null, text(e));
        } finally {
            underWay.remove(reading);
        }
    }

    /** On one line, though a failed connect has one for each address. */
    private static String text(Exception failure) {
        String state = failure instanceof SQLException sql && sql.getSQLState() != null
                ? " (SQLState " + sql.getSQLState() + ")"
                : "";
        String message = String.valueOf(failure.getMessage());
        return message.lines().limit(MOST_LINES).map(String::strip).collect(Collectors.joining("; ")) + state;
    }

    private BudgetReport conclude(PlannedPool pool, @Nullable Comparison live, @Nullable String unchecked) {
        BudgetReport report =
                new BudgetReport(pool.service(), Assessment.of(pool.plan()), live, pool.unplanned(), unchecked);
        if (!closed) { // else nobody wants to know
            latest = report;
            listeners.tell(l -> l.budgetChecked(new BudgetChecked(name, report)));
        }
        return report;
    }

    /** Ends what is under way. Idempotent. */
    @Override
    public void close() {
        closed = true;
        underWay.forEach(reading -> reading.end("the connector was closed"));
    }
}
