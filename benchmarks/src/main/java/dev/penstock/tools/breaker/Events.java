package dev.penstock.tools.breaker;

import dev.penstock.PenstockListener;
import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** When the breaker opened and closed, by {@link System#nanoTime()}, and how many connects there were. Thread-safe. */
final class Events implements PenstockListener {
    private final List<Long> opened = new CopyOnWriteArrayList<>();
    private final List<Long> closed = new CopyOnWriteArrayList<>();
    private final AtomicInteger connects = new AtomicInteger();

    @Override
    public void connectStarted(ConnectStarted event) {
        connects.incrementAndGet();
    }

    @Override
    public void breakerOpened(BreakerOpened event) {
        opened.add(System.nanoTime());
    }

    @Override
    public void breakerClosed(BreakerClosed event) {
        closed.add(System.nanoTime());
    }

    int connects() {
        return connects.get();
    }

    /** How often it has closed. */
    int closings() {
        return closed.size();
    }

    /** When it first opened, waiting for that. */
    long awaitOpened(Duration patience) {
        Await.until("the breaker opens", patience, () -> !opened.isEmpty());
        return opened.get(0);
    }

    /** When it first closed, waiting for that. */
    long awaitClosed(Duration patience) {
        Await.until("the breaker closes", patience, () -> !closed.isEmpty());
        return closed.get(0);
    }
}
