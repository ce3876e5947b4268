package dev.penstock.tools.tune.search;

import java.time.Duration;

/** Of the tests. */
final class Efforts {
    /** Some 30,000 to 100,000 units of work. */
    static final Effort USUAL = new Effort(Duration.ofSeconds(2), Duration.ofSeconds(20));

    private Efforts() {}
}
