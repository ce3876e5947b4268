package dev.penstock.tools.timeouts;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param times that each row is measured
 * @param crowds how often all sessions of a large pool vanish
 * @param stops of a JVM
 * @param stop how long each is
 * @param races of cancel requests against the end of their statements
 * @param backToBack how long short transactions follow each other; in the short form just long enough for one that is
 *     taken for all of them to exceed limit and grace
 * @param copyBytes of each COPY that is to be large
 */
record Plan(int times, int crowds, int stops, Duration stop, long races, Duration backToBack, long copyBytes) {
    static final Plan FULL = new Plan(5, 3, 3, Duration.ofSeconds(10), 100_000, Duration.ofSeconds(60), 1_000_000_000);
    static final Plan QUICK = new Plan(2, 1, 1, Duration.ofSeconds(5), 4_000, Duration.ofSeconds(4), 4_000_000);
}
