package dev.penstock.internal.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The system's time, for texts that people read; nothing is measured or decided with it. */
public final class WallClock {
    private WallClock() {}

    /** In UTC to the millisecond. */
    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** When it was so many nanoseconds ago, in UTC to the millisecond. */
    public static Instant instantNanosAgo(long nanos) {
        return nanosBefore(Instant.now(), nanos);
    }

    /** So many nanoseconds before, in UTC to the millisecond. */
    public static Instant nanosBefore(Instant instant, long nanos) {
        return instant.minusNanos(nanos).truncatedTo(ChronoUnit.MILLIS);
    }
}
