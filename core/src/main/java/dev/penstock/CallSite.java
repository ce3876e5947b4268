package dev.penstock;

import dev.penstock.internal.lease.ReportText;
import java.time.Duration;
import java.util.List;

/**
 * A place in the application that borrows connections, as far as its stacks were captured: of every borrow thread and
 * time are known, a stack only of a sample ({@code leases.stacksPerSecond}).
 *
 * @param frames the innermost application frames of the borrow, four at most, the innermost first; never empty
 * @param borrows captured borrows from here
 * @param returned how many of those have come back
 * @param meanHold mean time that those were held
 * @param longestHold longest of them
 * @param openNow captured borrows from here that are open
 * @param suspected reports about leases from here so far
 */
public record CallSite(
        List<StackTraceElement> frames,
        long borrows,
        long returned,
        Duration meanHold,
        Duration longestHold,
        int openNow,
        long suspected) {
    /** Copies the frames. */
    public CallSite {
        frames = List.copyOf(frames);
    }

    /** For people: how often and for how long, and the frames. Several lines. */
    public String describe() {
        return ReportText.of(this);
    }

    /** The innermost application frame, as stack traces write it. */
    public String place() {
        return frames.get(0).toString();
    }
}
