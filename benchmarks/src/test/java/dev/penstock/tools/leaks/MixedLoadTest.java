package dev.penstock.tools.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseVerdict;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.leaks.MixedLoad.Result;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real load over a real server, of which most looks like leaks and is none. */
class MixedLoadTest {
    @Test
    @Tag("once") // the same on every JDK, and it takes its time
    void nobodyIsAccusedWithoutCause() throws InterruptedException {
        nobodyIsAccusedIn(3, Duration.ofSeconds(14)); // as many tours as of one in a minute: no tour is left half done
    }

    @Test
    @Tag("slow")
    void norInTenMinutes() throws InterruptedException {
        nobodyIsAccusedIn(1, Duration.ofMinutes(10));
    }

    private static void nobodyIsAccusedIn(int times, Duration time) throws InterruptedException {
        try (PostgresServer server = PostgresServer.start()) {
            Result result = MixedLoad.run(new Means(server, Plan.quick(time), 4, line -> {}), times, time);

            assertThat(result.accusations()).isEmpty();
            assertThat(result.failures()).isEmpty();
            assertThat(result.tours().values()).as("%s", result.tours()).allMatch(count -> count > 0);
            assertThat(result.plantedReported())
                    .as("planted leaks reported")
                    .isPositive()
                    .isEqualTo(result.planted());
            assertThat(result.verdicts()).containsOnlyKeys(LeaseVerdict.LIKELY_LEAK, LeaseVerdict.SLOW_STATEMENT);
        }
    }
}
