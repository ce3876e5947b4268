package dev.penstock.spring.actuate;

import dev.penstock.CallSite;
import java.util.List;

/**
 * A place in the application that borrows, as far as stacks were captured.
 *
 * @param frames of the application, the innermost first
 * @param borrows captured borrows from here
 * @param returned how many of those have come back
 * @param meanHoldMillis mean time that those were held
 * @param longestHoldMillis longest of them
 * @param openNow captured borrows from here that are open
 * @param suspected reports about leases from here
 */
public record Site(
        List<String> frames,
        long borrows,
        long returned,
        long meanHoldMillis,
        long longestHoldMillis,
        int openNow,
        long suspected) {
    static Site of(CallSite site) {
        return new Site(
                texts(site.frames()),
                site.borrows(),
                site.returned(),
                site.meanHold().toMillis(),
                site.longestHold().toMillis(),
                site.openNow(),
                site.suspected());
    }

    static List<String> texts(List<StackTraceElement> frames) {
        return frames.stream().map(StackTraceElement::toString).toList();
    }
}
