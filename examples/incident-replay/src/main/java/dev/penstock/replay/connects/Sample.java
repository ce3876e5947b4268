package dev.penstock.replay.connects;

import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connect, or the end of a step. Written by the measuring JVM as a line, read by the other.
 *
 * @param took until the connection was usable, or until the failure
 * @param failure what the caller was told, null if it got a connection
 */
public record Sample(Step step, Duration took, @Nullable String failure) {
    private static final String MARK = "sample";

    public boolean succeeded() {
        return failure == null;
    }

    /** As the report shows it. */
    public String text() {
        return succeeded() ? Texts.of(took) : "FAILED after " + Texts.of(took);
    }

    String toLine() {
        String words = failure == null ? "" : " " + Texts.ascii(failure);
        return MARK + " " + step + " " + took.toNanos() + words;
    }

    /** Empty if the line is none of ours. */
    static Optional<Sample> parse(String line) {
        String[] parts = line.split(" ", 4);
        if (parts.length < 3 || !parts[0].equals(MARK)) {
            return Optional.empty();
        }
        String failure = parts.length == 4 ? parts[3] : null;
        return Optional.of(new Sample(Step.valueOf(parts[1]), Duration.ofNanos(Long.parseLong(parts[2])), failure));
    }
}
