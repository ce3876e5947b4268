package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.ThreadCensus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** After the last test of a class none of our threads may be left; after each one it would cost a minute in all. */
interface LeavesNothing {
    @AfterAll
    static void noThreadIsLeft() {
        Await.holdsWithin(Duration.ofSeconds(5), () -> threads().isEmpty());
        assertThat(threads()).isEmpty();
    }

    /** The resolver's threads are bounded and shared. */
    private static List<Thread> threads() {
        return ThreadCensus.named("penstock-").stream()
                .filter(thread -> !thread.getName().startsWith("penstock-resolver"))
                .toList();
    }
}
