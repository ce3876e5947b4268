package dev.penstock.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** Finds the resolver's threads by their names, as an operator reading a thread dump would. */
final class ResolverThreadCensus {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private ResolverThreadCensus() {}

    static List<Thread> alive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(ResolverThreads.NAME_PREFIX))
                .toList();
    }

    /** Waits until every thread that is there has ended. */
    static void awaitNone() throws InterruptedException {
        for (Thread thread : alive()) {
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).as("%s still runs", thread.getName()).isFalse();
        }
    }
}
