package dev.penstock.internal.time;

/** The one time source: nanoseconds from an arbitrary origin, as {@link System#nanoTime()}. */
@FunctionalInterface
public interface Ticker {
    /** Now; only differences mean anything. */
    long nanos();

    /** The JVM's monotonic clock. */
    static Ticker system() {
        return System::nanoTime;
    }
}
