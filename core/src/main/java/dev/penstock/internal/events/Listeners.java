package dev.penstock.internal.events;

import dev.penstock.BorrowListener;
import dev.penstock.PenstockListener;
import dev.penstock.TransactionLimit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to all listeners. What one throws is logged, once per listener class, and changes
 * nothing for the connect or for the other listeners. Thread-safe.
 */
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(PenstockListener.class);

    private final List<PenstockListener> listeners;
    private final Set<Class<?>> complainedAbout = ConcurrentHashMap.newKeySet();

    /** The given listeners, told in this order. */
    public Listeners(List<PenstockListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    /** One more, told after those that are there, from the next event on. */
    public void add(PenstockListener listener) {
        listeners.add(listener);
    }

    /**
     * One less: no event that begins after this is told to it. Of one that was added twice the first goes.
     *
     * @return whether it was there
     */
    public boolean remove(PenstockListener listener) {
        return listeners.remove(listener);
    }

    /** Tells every listener. */
    public void tell(Consumer<PenstockListener> event) {
        for (PenstockListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                // the user's code, in Kotlin checked exceptions too: nothing of it may reach the race
                complain(listener, e);
            }
        }
    }

    /**
     * Tells those of now who want to know of each borrow; null if there are none, so that it costs nothing. What one
     * throws is nobody's concern but the log's.
     */
    public @Nullable Consumer<TransactionLimit> atBorrow() {
        List<BorrowListener> all = listeners.stream()
                .filter(BorrowListener.class::isInstance)
                .map(BorrowListener.class::cast)
                .toList();
        return all.isEmpty() ? null : lease -> all.forEach(listener -> borrowed(listener, lease));
    }

    private void borrowed(BorrowListener listener, TransactionLimit lease) {
        try {
            listener.borrowed(lease);
        } catch (Throwable e) {
            complain(listener, e); // the borrower has its connection all the same
        }
    }

    /**
     * Whether anybody makes something of {@link PenstockListener#leaseSampled}: where nobody does, no thread is woken
     * for it.
     */
    public boolean wantLeaseSamples() {
        for (PenstockListener listener : listeners) {
            if (takesLeaseSamples(listener)) {
                return true;
            }
        }
        return false;
    }

    private static boolean takesLeaseSamples(PenstockListener listener) {
        try {
            return listener.getClass()
                            .getMethod("leaseSampled", PenstockListener.LeaseSampled.class)
                            .getDeclaringClass()
                    != PenstockListener.class;
        } catch (ReflectiveOperationException | LinkageError e) {
            return true; // the user's class names what is not there: telling it does no harm
        }
    }

    private void complain(PenstockListener listener, Throwable thrown) {
        try {
            if (complainedAbout.add(listener.getClass())) {
                LOG.warn(
                        "listener {} threw; it is called again for later events, further throws are not logged",
                        listener.getClass().getName(),
                        thrown);
            }
        } catch (Throwable logIsBroken) {
            // or there is no memory: nobody is left to tell
        }
    }
}
