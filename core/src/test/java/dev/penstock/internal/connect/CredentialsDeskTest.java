package dev.penstock.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One call at a time, whatever the supplier does. */
@NoLeftovers
class CredentialsDeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    private Credentials blocking() {
        int call = calls.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Credentials("app", "token-" + call);
    }

    @Test
    void whoComesWhileACallIsUnderWayGetsItsAnswer() throws Exception {
        CredentialsDesk desk = new CredentialsDesk(this::blocking, Ticker.system());
        CompletableFuture<Credentials> first = desk.ask();
        CompletableFuture<Credentials> second = desk.ask();
        Await.until("the call", PATIENCE, () -> calls.get() == 1);
        CompletableFuture<Credentials> third = desk.ask();
        gate.countDown();

        assertThat(get(first).password()).isEqualTo("token-1");
        assertThat(get(second)).isEqualTo(get(first));
        assertThat(get(third)).isEqualTo(get(first));
        assertThat(calls).hasValue(1);
    }

    @Test
    void whoComesAfterTheAnswerIsACallOfHisOwn() throws Exception {
        gate.countDown();
        CredentialsDesk desk = new CredentialsDesk(this::blocking, Ticker.system());

        assertThat(get(desk.ask()).password()).isEqualTo("token-1");
        assertThat(get(desk.ask()).password()).isEqualTo("token-2");
    }

    @Test
    void whoGivesUpTakesNothingFromTheOthers() throws Exception {
        CredentialsDesk desk = new CredentialsDesk(this::blocking, Ticker.system());
        CompletableFuture<Credentials> impatient = desk.ask();
        CompletableFuture<Credentials> patient = desk.ask();
        assertThat(impatient.cancel(true)).isTrue();
        gate.countDown();

        assertThat(get(patient).password()).isEqualTo("token-1");
    }

    @Test
    void aHangingSupplierIsWaitedForAndNotCalledAgain() {
        CredentialsDesk desk = new CredentialsDesk(this::blocking, Ticker.system());
        for (int i = 0; i < 20; i++) {
            desk.ask().cancel(false);
        }
        Await.until("the call", PATIENCE, () -> calls.get() > 0);

        assertThat(calls).hasValue(1);
        gate.countDown();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new SQLException("no token", "28000"),
                new IllegalStateException("vault is sealed"),
                new AssertionError("on purpose"),
                new NoClassDefFoundError("sdk"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatItThrowsIsTheAnswerAndTheDeskIsFreeAgain(Throwable failure) throws Exception {
        CredentialsDesk desk = new CredentialsDesk(failingOnce(failure), Ticker.system());

        CompletableFuture<Credentials> failed = desk.ask();
        assertThatThrownBy(() -> get(failed))
                .isInstanceOf(ExecutionException.class)
                .hasRootCause(failure);
        assertThat(get(desk.ask()).user()).isEqualTo("app");
    }

    private CredentialsSupplier failingOnce(Throwable failure) {
        return () -> {
            if (calls.getAndIncrement() > 0) {
                return new Credentials("app", null);
            }
            if (failure instanceof SQLException sql) {
                throw sql;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        };
    }

    @Test
    void nullIsAFailureThatSaysSo() {
        CompletableFuture<Credentials> asked = new CredentialsDesk(() -> null, Ticker.system()).ask();

        assertThatThrownBy(() -> get(asked))
                .hasRootCauseInstanceOf(NullPointerException.class)
                .hasStackTraceContaining("supplier returned null");
    }

    private static Credentials get(CompletableFuture<Credentials> asked) throws Exception {
        return asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
