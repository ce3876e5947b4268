package dev.penstock.internal.order;

import java.util.Map;

/** Keeps maps from growing with whatever an application may connect to in its life. */
public final class Bounded {
    private Bounded() {}

    /** Puts the entry last in a map of insertion order; beyond {@code max} entries the first one goes. */
    public static <K, V> void putLast(Map<K, V> map, K key, V value, int max) {
        map.remove(key);
        map.put(key, value);
        if (map.size() > max) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
