package dev.penstock.lab.fault;

import dev.penstock.lab.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A name service that says what the test tells it: addresses, an error, or nothing at all.
 *
 * <p>{@link #resolve} has the shape of a resolver, so {@code script::resolve} can be injected. Everything may be
 * changed while look-ups are under way. Thread-safe.
 */
public final class DnsScript {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private enum Mood {
        ANSWERING,
        /** Silent until released; an interrupt ends the look-up. */
        MUTE,
        /** The same, and deaf to interrupts, as the JDK's own look-ups are. */
        HANGING
    }

    private static final class Entry {
        private Mood mood = Mood.ANSWERING;
        private @Nullable List<InetAddress> addresses; // null: unknown host
        private int calls;
        private int waiting;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Entry> entries = new HashMap<>(); // guarded by lock

    /** Answers with these addresses, in this order; releases look-ups that wait. */
    public DnsScript answer(String host, List<InetAddress> addresses) {
        List<InetAddress> copy = List.copyOf(addresses);
        return change(host, Mood.ANSWERING, entry -> entry.addresses = copy);
    }

    public DnsScript answer(String host, InetAddress... addresses) {
        return answer(host, List.of(addresses));
    }

    /** Answers "unknown host", as for any name that was never mentioned; releases look-ups that wait. */
    public DnsScript fail(String host) {
        return change(host, Mood.ANSWERING, entry -> entry.addresses = null);
    }

    /** Says nothing until {@link #release}, {@link #answer} or {@link #fail}; an interrupt ends a look-up. */
    public DnsScript mute(String host) {
        return change(host, Mood.MUTE, entry -> {});
    }

    /** The same, but not even an interrupt ends a look-up: so does {@link InetAddress#getAllByName}. */
    public DnsScript hang(String host) {
        return change(host, Mood.HANGING, entry -> {});
    }

    /** Answers again as before {@link #mute} or {@link #hang}. */
    public DnsScript release(String host) {
        return change(host, Mood.ANSWERING, entry -> {});
    }

    private DnsScript change(String host, Mood mood, Consumer<Entry> change) {
        lock.lock();
        try {
            Entry entry = entry(host);
            entry.mood = mood;
            change.accept(entry);
            changed.signalAll();
            return this;
        } finally {
            lock.unlock();
        }
    }

    private Entry entry(String host) {
        return entries.computeIfAbsent(host, name -> new Entry());
    }

    /**
     * Looks a name up as the script says.
     *
     * @throws UnknownHostException when the name is not in the script, was told to fail, or the thread was interrupted
     *     (its flag stays set)
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        lock.lock();
        try {
            Entry entry = entry(host);
            entry.calls++;
            entry.waiting++;
            changed.signalAll();
            try {
                awaitVoice(entry);
            } finally {
                entry.waiting--;
            }
            if (entry.addresses == null) {
                throw new UnknownHostException(host);
            }
            return entry.addresses;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            UnknownHostException unknown = new UnknownHostException(host + ": interrupted");
            unknown.initCause(e);
            throw unknown;
        } finally {
            lock.unlock();
        }
    }

    private void awaitVoice(Entry entry) throws InterruptedException {
        while (entry.mood != Mood.ANSWERING) {
            if (entry.mood == Mood.MUTE) {
                changed.await();
            } else {
                changed.awaitUninterruptibly();
            }
        }
    }

    /** How many look-ups of this name began. */
    public int calls(String host) {
        lock.lock();
        try {
            return entry(host).calls;
        } finally {
            lock.unlock();
        }
    }

    /** How many look-ups of all names began. */
    public int calls() {
        lock.lock();
        try {
            return entries.values().stream().mapToInt(entry -> entry.calls).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many look-ups of this name have no answer yet. */
    public int waiting(String host) {
        lock.lock();
        try {
            return entry(host).waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Waits up to 10 s until that many look-ups of this name began. */
    public void awaitCalls(String host, int count) {
        Await.until(count + " look-ups of " + host, PATIENCE, () -> calls(host) >= count);
    }
}
