package dev.penstock.spring.events;

import dev.penstock.PenstockControl;
import dev.penstock.PenstockListener;
import dev.penstock.internal.time.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Publishes what happens to pools as events of the application, each record of {@link PenstockListener} as it is.
 * Nothing is published to a context that is closing. Thread-safe.
 */
final class EventPublisher implements ApplicationListener<ContextClosedEvent>, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger("dev.penstock.spring");

    private final ApplicationContext context;
    private final int perMinute;
    private final Ticker ticker;
    private final Mailbox mailbox;
    private final Tally tooMany;

    /**
     * Of this context.
     *
     * @param perMinute so many of one kind and pool
     */
    EventPublisher(ApplicationContext context, int perMinute, Ticker ticker) {
        this.context = context;
        this.perMinute = perMinute;
        this.ticker = ticker;
        this.mailbox = new Mailbox(context::publishEvent, ticker);
        this.tooMany = new Tally(
                ticker,
                number -> LOG.info(
                        "penstock: events that were not published since this was last said: {}; there were more than {}"
                                + " of a kind and pool within a minute (penstock.events.per-minute). Said once per"
                                + " minute at most",
                        number,
                        perMinute));
    }

    /** Publishes what this one tells from now on, and the check of its budget if that is over already. */
    void listenTo(PenstockControl control) {
        PoolEvents events = eventsOf(control.name());
        control.addListener(events);
        control.budget()
                .ifPresent(report -> events.budgetChecked(new PenstockListener.BudgetChecked(control.name(), report)));
    }

    PoolEvents eventsOf(String pool) {
        return new PoolEvents(pool, mailbox, tooMany, ticker, perMinute);
    }

    /** It comes from contexts below this one too. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        if (event.getApplicationContext() == context) {
            destroy();
        }
    }

    /** A start that fails has no such event. */
    @Override
    public void destroy() {
        mailbox.close();
        tooMany.close();
    }
}
