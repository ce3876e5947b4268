package dev.penstock.replay.acts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.replay.pools.Borrow;
import dev.penstock.replay.pools.Borrow.Ending;
import dev.penstock.replay.pools.Comparison;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Tally;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SilentServerTest {
    private static final Phases PHASES = new Phases(at(0), at(2_000), at(12_000), at(32_000));

    private static long at(long millis) {
        return millis * 1_000_000;
    }

    private static Tally servedAt(long... millis) {
        List<Borrow> borrows = LongStream.of(millis)
                .mapToObj(end -> new Borrow(1, at(end), Duration.ofMillis(1), Ending.SERVED))
                .toList();
        return new Tally(borrows, PHASES);
    }

    private static ActReport report(Tally plain, Tally penstock) {
        return SilentServer.describe(new Comparison(plain, penstock, Optional.empty()));
    }

    @Test
    void servingAgainWithinTheLimitKeepsThePromise() {
        assertThat(report(servedAt(1_000), servedAt(1_000, 15_000)).promises())
                .containsExactly(new Promise("server heals: Penstock's pool serves again", "3 s", "3 s", true));
    }

    @Test
    void servingAgainLaterBreaksIt() {
        assertThat(report(servedAt(1_000), servedAt(1_000, 15_001)).promises())
                .extracting(Promise::kept)
                .containsExactly(false);
    }

    @Test
    void neverServingAgainBreaksItWhateverPlainDoes() {
        ActReport report = report(servedAt(1_000, 13_000), servedAt(1_000));

        assertThat(report.promises()).extracting(Promise::kept).containsExactly(false);
        assertThat(report.promises()).extracting(Promise::measured).containsExactly("never");
        assertThat(report.lines()).contains("This time plain HikariCP came back by itself.");
    }
}
