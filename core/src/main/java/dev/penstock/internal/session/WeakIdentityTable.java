package dev.penstock.internal.session;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * From objects to what is known about them, by identity. Keeps no key from being collected, so a value must not hold
 * its key; it is let go by the next {@link #add} after the key has gone.
 *
 * <p>A look-up takes no lock and allocates nothing: it probes an array in which a slot is written once. Growth and
 * removal make a new array. Thread-safe.
 */
final class WeakIdentityTable<K, V> {
    private static final int LEAST = 16;

    private final ReferenceQueue<K> gone = new ReferenceQueue<>();

    private volatile AtomicReferenceArray<@Nullable Entry<K, V>> slots = new AtomicReferenceArray<>(LEAST);
    private int used; // guarded by this

    private static final class Entry<K, V> extends WeakReference<K> {
        private final int hash;
        private final V value;

        Entry(K key, V value, ReferenceQueue<K> gone) {
            super(key, gone);
            this.hash = hash(key);
            this.value = value;
        }
    }

    /** What is known about the key; null if nothing is. */
    @Nullable V find(K key) {
        AtomicReferenceArray<@Nullable Entry<K, V>> array = slots;
        int mask = array.length() - 1;
        int at = hash(key) & mask;
        Entry<K, V> entry = array.getAcquire(at);
        while (entry != null) {
            if (entry.refersTo(key)) {
                return entry.value;
            }
            at = (at + 1) & mask;
            entry = array.getAcquire(at);
        }
        return null;
    }

    /** This is known about the key from now on; it must not be there yet. */
    synchronized void add(K key, V value) {
        if (hasLost() || (used + 1) * 2 > slots.length()) {
            rebuild();
        }
        put(slots, new Entry<>(key, value, gone));
        used++;
    }

    /** How many are held, some of which may be gone. */
    synchronized int size() {
        return used;
    }

    private boolean hasLost() {
        boolean any = false;
        while (gone.poll() != null) {
            any = true;
        }
        return any;
    }

    private void rebuild() {
        AtomicReferenceArray<@Nullable Entry<K, V>> old = slots;
        int live = 0;
        for (int i = 0; i < old.length(); i++) {
            live += isLive(old.getPlain(i)) ? 1 : 0;
        }
        AtomicReferenceArray<@Nullable Entry<K, V>> fresh = new AtomicReferenceArray<>(sizeFor(live + 1));
        used = 0;
        for (int i = 0; i < old.length(); i++) {
            Entry<K, V> entry = old.getPlain(i);
            if (entry != null && isLive(entry) && used <= live) {
                put(fresh, entry);
                used++;
            }
        }
        slots = fresh;
    }

    private static boolean isLive(@Nullable Entry<?, ?> entry) {
        return entry != null && !entry.refersTo(null);
    }

    /** A quarter full at most: room to grow until the next time. */
    private static int sizeFor(int entries) {
        return Math.max(LEAST, Integer.highestOneBit(entries * 4 - 1) * 2);
    }

    private static <K, V> void put(AtomicReferenceArray<@Nullable Entry<K, V>> array, Entry<K, V> entry) {
        int mask = array.length() - 1;
        int at = entry.hash & mask;
        while (array.getPlain(at) != null) {
            at = (at + 1) & mask;
        }
        array.setRelease(at, entry);
    }

    /** Spread: identity hash codes are, but nobody promises it of their lower bits. */
    private static int hash(Object key) {
        int code = System.identityHashCode(key);
        return code ^ (code >>> 16);
    }
}
