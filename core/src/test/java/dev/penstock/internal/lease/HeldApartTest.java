package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HeldApartTest {
    private static final long TWO_LINES = 128;

    /** The JVM decides where fields are; only Unsafe tells, and to name it is a warning. */
    private static Map<String, Long> offsets() throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        Object unsafe = instance.get(null);
        Map<String, Long> offsets = new LinkedHashMap<>();
        for (Class<?> of = Slot.class; of != Object.class; of = of.getSuperclass()) {
            for (Field field : of.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    offsets.put(field.getName(), (Long)
                            type.getMethod("objectFieldOffset", Field.class).invoke(unsafe, field));
                }
            }
        }
        return offsets;
    }

    @Test
    void whatEveryBorrowWritesIsTwoLinesFromWhateverIsBeforeAndBehindIt() throws ReflectiveOperationException {
        Map<String, Long> offsets = offsets();
        long end = offsets.values().stream().mapToLong(Long::longValue).max().orElseThrow();

        assertThat(Stream.of("holder", "lent").map(offsets::get)).allSatisfy(offset -> {
            assertThat(offset).isGreaterThanOrEqualTo(TWO_LINES);
            assertThat(end - offset).isGreaterThanOrEqualTo(TWO_LINES);
        });
        assertThat(offsets.get("session")).as("what others read").isGreaterThan(offsets.get("holder") + TWO_LINES);
    }
}
