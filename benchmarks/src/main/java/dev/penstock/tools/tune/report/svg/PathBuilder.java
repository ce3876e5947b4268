package dev.penstock.tools.tune.report.svg;

import java.util.StringJoiner;

/** Straight lines from point to point, for the attribute {@code d} of a path. Not thread-safe. */
public final class PathBuilder {
    private final StringJoiner points = new StringJoiner(" ");
    private boolean interrupted = true;

    /** On to this point; the first one, and one after a break, only starts there. */
    public PathBuilder to(double x, double y) {
        points.add((interrupted ? "M" : "L") + Coordinates.text(x) + " " + Coordinates.text(y));
        interrupted = false;
        return this;
    }

    /** No line to the next point. */
    public PathBuilder lift() {
        interrupted = true;
        return this;
    }

    /** As it is. */
    public String open() {
        return points.toString();
    }

    /** Back to where it started. */
    public String closed() {
        return points + " Z";
    }
}
