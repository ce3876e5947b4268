package dev.penstock.internal.time;

import java.time.Duration;

/**
 * One absolute instant, fixed once and passed down: nobody below makes a fresh timeout of it.
 *
 * <p>All arithmetic is on differences, so that the ticker may overflow.
 */
public final class Deadline {
    private final Ticker ticker;
    private final long start;
    private final Duration limit;

    private Deadline(Ticker ticker, long start, Duration limit) {
        this.ticker = ticker;
        this.start = start;
        this.limit = limit;
    }

    /** A deadline that lies {@code limit} after now. */
    public static Deadline after(Ticker ticker, Duration limit) {
        return new Deadline(ticker, ticker.nanos(), limit);
    }

    /** A duration in nanoseconds; what is longer than 292 years is that long. */
    public static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Another that began when this one did. */
    public Deadline of(Duration another) {
        return new Deadline(ticker, start, another);
    }

    /** Another that begins now. */
    public Deadline again(Duration another) {
        return after(ticker, another);
    }

    /** Nanoseconds since the deadline was fixed. */
    public long elapsedNanos() {
        return ticker.nanos() - start;
    }

    /** What {@link #elapsedNanos} was, or will be, at a ticker time. */
    public long elapsedNanosAt(long tickerNanos) {
        return tickerNanos - start;
    }

    /** Time since the deadline was fixed. */
    public Duration elapsed() {
        return Duration.ofNanos(elapsedNanos());
    }

    /** Nanoseconds that are left; zero or negative once it has passed. */
    public long remainingNanos() {
        return limit.toNanos() - elapsedNanos();
    }

    /** Whether it has passed. */
    public boolean expired() {
        return remainingNanos() <= 0;
    }

    /** How long it was when it was fixed. */
    public Duration limit() {
        return limit;
    }
}
