package dev.penstock.internal.lease;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;

/** Does what the garbage collector does, at a moment of one's own choice. */
final class Collected {
    private static final Field HOLDER = field(Slot.class, "holder");
    private static final Field HANDLE = field(Lease.class, "handle");

    private Collected() {}

    /** The handle of this lease, if it lasts and nobody holds it strongly, the slot included; whether it was so. */
    static boolean handleOf(Slot slot, long number) {
        try {
            if (HOLDER.get(slot) instanceof Lease lease
                    && lease.id().equals(slot.number + "-" + number)
                    && HANDLE.get(lease) instanceof WeakReference<?> weak) {
                weak.clear();
                return true;
            }
            return false;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
