package dev.penstock.internal.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The system's time, for texts that people read; nothing is measured or decided with it. */
public final class WallClock {
    private WallClock() {}

    /** When it was so many nanoseconds ago, in UTC to the millisecond. */
    public static String nanosAgo(long nanos) {
        return instantNanosAgo(nanos).toString();
    }

    /** As {@link #nanosAgo}, not as text. */
    public static Instant instantNanosAgo(long nanos) {
        return Instant.now().minusNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
    }
}
