package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.search.Findings;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code tune} has to tell.
 *
 * @param surroundings what was measured, and where
 * @param findings what came of it
 */
public record TuneReport(Surroundings surroundings, Findings findings) {
    /**
     * What was measured, and where; no secrets.
     *
     * @param server URL without credentials, or {@code embedded}
     * @param serverVersion as the server tells it
     * @param mix name of the statement mix
     * @param loop how work arrives, for people: "64 callers", "2000 units/s"
     * @param room why no larger size was looked at, for people; null if the user's limit was the least
     * @param machine processors and operating system that the callers ran on
     * @param jdk version and vendor
     * @param pool and driver, with versions
     * @param startedAt when it began
     * @param took until it was through
     */
    public record Surroundings(
            String server,
            String serverVersion,
            String mix,
            String loop,
            @Nullable String room,
            String machine,
            String jdk,
            String pool,
            Instant startedAt,
            Duration took) {}
}
