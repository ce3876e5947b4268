package dev.penstock.internal.lease;

import java.lang.reflect.Field;

/** Does what the garbage collector does, at a moment of one's own choice. */
final class Collected {
    private static final Field HOLDER = holder();

    private Collected() {}

    /** The handle of this lease, if it lasts and nobody holds it strongly, the slot included; whether it was so. */
    static boolean handleOf(Slot slot, long number) {
        try {
            if (HOLDER.get(slot) instanceof Lease lease && lease.id().equals(slot.number + "-" + number)) {
                return lease.enqueue() || lease.handle() == null;
            }
            return false;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Field holder() {
        try {
            Field field = HeldApart.class.getDeclaredField("holder");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
