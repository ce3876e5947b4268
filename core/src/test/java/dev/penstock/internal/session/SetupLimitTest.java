package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Deadline;
import dev.penstock.lab.junit.NoLeftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a pool's set-up that did not end. */
@NoLeftovers
class SetupLimitTest {
    private final AtomicLong now = new AtomicLong();
    private final CompletableFuture<Duration> expired = new CompletableFuture<>();

    private Duration limitOfASetupThatBegins(Duration afterTheStart) throws Exception {
        Deadline deadline = Deadline.after(now::get, Duration.ofSeconds(30));
        now.addAndGet(afterTheStart.toNanos());
        try (StampedSocket socket = new StampedSocket(now::get, null)) {
            SetupWatch.over(socket, deadline, expired::complete);
            socket.setSoTimeout(5_000);
            Duration limit = expired.get(20, TimeUnit.SECONDS);
            assertThat(socket.isClosed()).isTrue();
            return limit;
        }
    }

    @Test
    void theTimeThatItHadIsWhatWasLeftOfTheDeadline() throws Exception {
        assertThat(limitOfASetupThatBegins(Duration.ofMillis(28_900))).isEqualTo(Duration.ofMillis(1_100));
    }

    @Test
    void orASecondIfThatWasLess() throws Exception {
        assertThat(limitOfASetupThatBegins(Duration.ofMillis(29_900))).isEqualTo(Duration.ofSeconds(1));
    }

    /** {@code socketTimeout=5} and HikariCP's default validationTimeout. */
    @Test
    void aLoanOfTheConnectionsOwnTimeoutIsOneToo() throws Exception {
        Deadline deadline = Deadline.after(now::get, Duration.ofSeconds(1));
        try (StampedSocket socket = new StampedSocket(now::get, null)) {
            socket.setSoTimeout(5_000);
            SetupWatch.over(socket, deadline, expired::complete);
            socket.setSoTimeout(5_000);

            assertThat(expired.get(20, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(1));
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3_000, 5_000})
    void whatIsGivenBackInTimeIsNotCut(int own) throws IOException {
        Deadline deadline = Deadline.after(now::get, Duration.ofSeconds(30));
        try (StampedSocket socket = new StampedSocket(now::get, null)) {
            socket.setSoTimeout(own);
            SetupWatch.over(socket, deadline, expired::complete);
            socket.setSoTimeout(5_000);
            socket.setSoTimeout(own);

            assertThat(socket.isClosed()).isFalse();
        }
        assertThat(expired).isNotDone();
    }
}
