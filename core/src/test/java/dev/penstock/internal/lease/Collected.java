package dev.penstock.internal.lease;

import java.lang.reflect.Field;

/** Does what the garbage collector does, at a moment of one's own choice. */
final class Collected {
    private static final Field HANDLE = handle();

    private Collected() {}

    /** The handle of this lease, if it lasts and nobody holds it strongly, the slot included; whether it was so. */
    static boolean handleOf(Slot slot, long lease) {
        try {
            if (slot.leased() == lease && HANDLE.get(slot) instanceof WeakHandle weak) {
                return weak.enqueue();
            }
            return false;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field handle() {
        try {
            Field field = Slot.class.getDeclaredField("handle");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
