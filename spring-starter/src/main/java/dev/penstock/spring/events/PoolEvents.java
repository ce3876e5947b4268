package dev.penstock.spring.events;

import dev.penstock.BudgetReport;
import dev.penstock.PenstockListener;
import dev.penstock.internal.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Posts what happens to one pool, so many of each kind per minute. What happens with every connect is left out: there
 * are metrics for that.
 */
final class PoolEvents implements PenstockListener {
    private final String pool;
    private final Mailbox mailbox;
    private final Tally tooMany;
    private final Ticker ticker;
    private final int perMinute;

    private final Map<Class<?>, Rate> rates = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable BudgetReport> budget = new AtomicReference<>();

    PoolEvents(String pool, Mailbox mailbox, Tally tooMany, Ticker ticker, int perMinute) {
        this.pool = pool;
        this.mailbox = mailbox;
        this.tooMany = tooMany;
        this.ticker = ticker;
        this.perMinute = perMinute;
    }

    private void post(Object event) {
        if (rates.computeIfAbsent(event.getClass(), kind -> new Rate(ticker, perMinute))
                .lets()) {
            mailbox.post(pool, event);
        } else {
            tooMany.count();
        }
    }

    @Override
    public void staleAnswerUsed(StaleAnswerUsed event) {
        post(event);
    }

    @Override
    public void setupExpired(SetupExpired event) {
        post(event);
    }

    @Override
    public void breakerOpened(BreakerOpened event) {
        post(event);
    }

    @Override
    public void breakerClosed(BreakerClosed event) {
        post(event);
    }

    @Override
    public void leaseSuspected(LeaseSuspected event) {
        post(event);
    }

    @Override
    public void leaseCameBack(LeaseCameBack event) {
        post(event);
    }

    @Override
    public void leaseReclaimed(LeaseReclaimed event) {
        post(event);
    }

    @Override
    public void timeoutEnforced(TimeoutEnforced event) {
        post(event);
    }

    @Override
    public void limitsNotInForce(LimitsNotInForce event) {
        post(event);
    }

    /** May be told twice of a check that ends while this is being added. */
    @Override
    public void budgetChecked(BudgetChecked event) {
        if (!event.report().equals(budget.getAndSet(event.report()))) {
            post(event);
        }
    }
}
