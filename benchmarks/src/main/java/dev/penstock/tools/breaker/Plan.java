package dev.penstock.tools.breaker;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param recoveries outages of {@code outage} with a deadline of 1 s
 * @param recoveriesByDefault the same with all settings at their defaults
 * @param parallel how many of these at once: they do little but wait
 * @param outage of a recovery
 * @param restarts of a server
 * @param restart from the kill until the new server is started
 * @param openings per fault
 * @param trouble how long callers borrow through each outage when their limits are watched
 * @param calls that fail fast, over all threads
 * @param releases outages that end with callers waiting in the gate, and as many that do not end
 * @param idle how long idle connections are borrowed while creation fails
 * @param attempts length of the outage in which connects are counted
 */
record Plan(
        int recoveries,
        int recoveriesByDefault,
        int parallel,
        Duration outage,
        int restarts,
        Duration restart,
        int openings,
        Duration trouble,
        int calls,
        int releases,
        Duration idle,
        Duration attempts) {
    static final Plan FULL =
            new Plan(20, 3, 4, seconds(10), 3, seconds(8), 5, seconds(8), 20_000, 10, seconds(5), seconds(60));
    static final Plan QUICK =
            new Plan(4, 1, 4, seconds(3), 1, seconds(3), 1, seconds(4), 10_000, 2, seconds(2), seconds(15));

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
