package dev.penstock.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PoolUnavailableException;
import dev.penstock.StubPool;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who passes, who waits, who is refused. */
class GateTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final StubPool pool = new StubPool();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Outage outage;

    private Gate gate(@Nullable Duration failFastAfter) {
        return new Gate("orders", pool, () -> outage, failFastAfter, asked::incrementAndGet, Ticker.system());
    }

    private void lose(Gate gate) {
        long now = System.nanoTime();
        ConnectFailedException last = new ConnectFailedException(
                "the server is away",
                "08001",
                List.of(),
                ConnectPhase.TCP,
                ConnectOutcome.UNREACHABLE,
                Duration.ZERO,
                Duration.ofSeconds(5),
                null);
        outage = new Outage(now, 3, 3, 0, last, now + LONG, null);
        gate.breakerChanged();
    }

    private void back(Gate gate) {
        outage = null;
        gate.breakerChanged();
    }

    private static CompletableFuture<Long> caller(Gate gate, long limit) {
        CompletableFuture<Long> passed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                passed.complete(gate.pass(limit));
            } catch (PoolUnavailableException | InterruptedException | RuntimeException e) {
                passed.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return passed;
    }

    private static void awaitWaiting(Gate gate, int count) {
        Await.until("callers wait", Duration.ofSeconds(20), () -> gate.waiting() == count);
    }

    @Test
    void anOpenGateLetsEverybodyThroughWithTheWholeLimit() throws Exception {
        Gate gate = gate(null);

        assertThat(gate.isOpen()).isTrue();
        assertThat(gate.pass(LONG)).isEqualTo(LONG);
    }

    @Test
    void aPoolThatHasConnectionsIsAskedWhateverTheBreakerSays() throws Exception {
        Gate gate = gate(Duration.ZERO);
        lose(gate);

        for (int total : new int[] {1, 10, -1}) {
            pool.total = total;
            assertThat(gate.pass(LONG)).isEqualTo(LONG);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void beforeAnEmptyPoolCallersWaitAndAllGoOnWhenConnectionsCanBeMadeAgain() throws Exception {
        Gate gate = gate(null);
        lose(gate);
        List<CompletableFuture<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            callers.add(caller(gate, LONG));
        }
        awaitWaiting(gate, 20);

        back(gate);

        for (CompletableFuture<Long> caller : callers) {
            assertThat(caller.get(20, TimeUnit.SECONDS)).isBetween(1L, LONG - 1);
        }
        assertThat(gate.isOpen()).isTrue();
        assertThat(asked.get()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void eachWaitsWithinItsOwnLimitOnly() {
        Gate gate = gate(null);
        lose(gate);
        Duration limit = Duration.ofMillis(80);
        long before = System.nanoTime();

        PoolUnavailableException refusal = Objects.requireNonNull(
                catchThrowableOfType(PoolUnavailableException.class, () -> gate.pass(limit.toNanos())));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(limit);
        assertThat(refusal.getMessage())
                .contains("pool 'orders' is empty", "the limit was 80 ms", "the server is away", "total 0");
        assertThat(refusal.getStackTrace()).isNotEmpty();
    }

    @Test
    void onceTheOutageHasLastedTooLongEverybodyIsRefusedAndWhoeverComesAtOnce() {
        Gate gate = gate(Duration.ofMillis(150));
        lose(gate);
        CompletableFuture<Long> waiting = caller(gate, LONG);

        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolUnavailableException.class);
        PoolUnavailableException refusal =
                Objects.requireNonNull(catchThrowableOfType(PoolUnavailableException.class, () -> gate.pass(LONG)));

        assertThat(refusal.getSQLState()).isEqualTo("08001");
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.getCause()).hasMessage("the server is away");
        assertThat(refusal.getMessage()).contains("longer than gate.failFastAfter", "3 probes have failed");
    }

    @Test
    void byDefaultAnOutageIsWaitedOutForAsLongAsThePoolWouldWait() {
        pool.callersLimit = Duration.ofMillis(150);
        Gate gate = gate(null);
        lose(gate);

        assertThatThrownBy(() -> gate.pass(LONG)).isInstanceOf(PoolUnavailableException.class);
    }

    @Test
    void aSuspendedPoolLetsNobodyThroughThoughItHasConnectionsAndNobodyWaitsLongerThanItsLimit() throws Exception {
        pool.total = 10;
        Gate gate = gate(Duration.ZERO);
        gate.suspend();
        CompletableFuture<Long> waiting = caller(gate, LONG);
        awaitWaiting(gate, 1);
        assertThatThrownBy(() -> gate.pass(Duration.ofMillis(20).toNanos()))
                .isInstanceOf(PoolUnavailableException.class)
                .hasMessageContaining("is suspended");

        gate.resume();

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isPositive();
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitOfTheInterruptedOnly() throws Exception {
        Gate gate = gate(null);
        lose(gate);
        CompletableFuture<Long> other = caller(gate, LONG);
        awaitWaiting(gate, 1);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> gate.pass(LONG)).isInstanceOf(InterruptedException.class);

        assertThat(other).isNotDone();
        back(gate);
        assertThat(other.get(20, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void closingRefusesWhoWaitsAndLetsWhoeverComesLaterAskThePool() throws Exception {
        Gate gate = gate(null);
        lose(gate);
        CompletableFuture<Long> waiting = caller(gate, LONG);
        awaitWaiting(gate, 1);

        gate.close();

        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasMessageContaining("was closed");
        assertThat(gate.pass(LONG)).isEqualTo(LONG);
    }

    @Test
    void asLongAsSomebodyWaitsTheServerIsWorthAProbeAfterEachThatFailed() throws Exception {
        Gate gate = gate(null);
        lose(gate);
        CompletableFuture<Long> waiting = caller(gate, LONG);
        awaitWaiting(gate, 1);
        for (int i = 0; i < 3; i++) {
            int before = asked.get();
            gate.breakerChanged();
            Await.until("it is asked for", Duration.ofSeconds(20), () -> asked.get() > before);
        }

        back(gate);
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void afterAQuietTimeNobodyIsRefusedBeforeTheServerWasProbed() throws Exception {
        Gate gate = gate(Duration.ZERO);
        lose(gate);
        Outage known = Objects.requireNonNull(outage);
        long now = System.nanoTime();
        outage = new Outage(now - LONG, 3, 3, 0, known.lastFailure(), now - LONG / 2, null);
        CompletableFuture<Long> first = caller(gate, LONG);
        awaitWaiting(gate, 1);
        assertThat(asked.get()).isPositive();

        back(gate);

        assertThat(first.get(20, TimeUnit.SECONDS)).isPositive();
    }

    @Test
    void afterAQuietTimeWhoWaitsIsRefusedOnceTheProbeHasFailed() {
        Gate gate = gate(Duration.ZERO);
        lose(gate);
        Outage known = Objects.requireNonNull(outage);
        long now = System.nanoTime();
        outage = new Outage(now - LONG, 3, 3, 0, known.lastFailure(), now - LONG / 2, null);
        CompletableFuture<Long> first = caller(gate, LONG);
        awaitWaiting(gate, 1);

        lose(gate);

        assertThatThrownBy(() -> first.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolUnavailableException.class);
    }

    @Test
    void aLimitWithoutEndOverflowsNothing() throws Exception {
        pool.callersLimit = Duration.ofSeconds(Long.MAX_VALUE);
        Gate gate = gate(null);
        lose(gate);
        CompletableFuture<Long> waiting = caller(gate, Long.MAX_VALUE);
        awaitWaiting(gate, 1);

        back(gate);

        assertThat(waiting.get(20, TimeUnit.SECONDS)).isGreaterThan(LONG);
    }

    /** An endpoint that is read during an outage must not queue up with the callers. */
    @Test
    void whoeverCountsThemDoesNotWait() throws Exception {
        CountDownLatch looks = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Gate gate = new Gate(
                "orders",
                pool,
                () -> {
                    looks.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return null;
                },
                null,
                asked::incrementAndGet,
                Ticker.system());
        Executor threads = task -> new Thread(task, "gate-test").start(); // the common pool may have one only
        CompletableFuture<Void> inTheGate = CompletableFuture.runAsync(gate::breakerChanged, threads);
        try {
            looks.await();

            assertThat(CompletableFuture.supplyAsync(gate::waiting, threads).get(30, TimeUnit.SECONDS))
                    .isZero();
        } finally {
            goOn.countDown();
        }
        inTheGate.get(30, TimeUnit.SECONDS);
    }
}
