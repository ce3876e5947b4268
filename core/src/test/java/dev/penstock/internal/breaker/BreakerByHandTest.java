package dev.penstock.internal.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.BreakerMode;
import dev.penstock.BreakerState;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.WhileOpen;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.events.Listeners;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What somebody switches stays switched, whatever happens, until he resets it. */
@NoLeftovers
class BreakerByHandTest {
    private final VirtualTicker ticker = new VirtualTicker();
    private final List<String> events = new ArrayList<>();
    private final CreationBreaker breaker = breaker(BreakerMode.ON);

    private CreationBreaker breaker(BreakerMode mode) {
        PenstockListener recorder = new PenstockListener() {
            @Override
            public void breakerOpened(BreakerOpened event) {
                events.add("opened, " + event.failure() + ", " + event.nextProbeIn());
            }

            @Override
            public void breakerClosed(BreakerClosed event) {
                events.add("closed after " + event.outage());
            }
        };
        return new CreationBreaker(
                "test",
                PenstockConfig.builder().breaker(b -> b.mode(mode)).build().breaker(),
                Duration.ofSeconds(30),
                new Clockwork(ticker, (task, delay) -> new CompletableFuture<>(), Runnable::run),
                new Listeners(List.of(recorder)),
                () -> false,
                () -> 0.5);
    }

    private void failThreeTimes() {
        for (int i = 0; i < 3; i++) {
            breaker.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));
        }
    }

    @Test
    void openedByHandNothingIsTriedAndNothingProbedHoweverLongItTakes() {
        breaker.forceOpen();

        ticker.pass(Duration.ofDays(30));

        assertThat(breaker.admit()).isEqualTo(Permit.REFUSED);
        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
        Outage outage = Objects.requireNonNull(breaker.outage());
        assertThat(outage.byHand()).isTrue();
        assertThat(outage.lastFailure()).isNull();
        assertThat(Outages.describe(outage, ticker.nanos(), Instant.EPOCH))
                .contains("by hand")
                .doesNotContain("due");
        assertThat(events).containsExactly("opened, null, null");
    }

    @Test
    void whatStillSucceedsOrFailsDoesNotMoveIt() {
        breaker.forceOpen();

        breaker.succeeded(Duration.ofMillis(5));
        failThreeTimes();

        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(Objects.requireNonNull(breaker.outage()).lastFailure()).isNull();
    }

    @Test
    void aResetClosesIt() {
        breaker.forceOpen();
        ticker.pass(Duration.ofSeconds(7));

        breaker.reset();

        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThat(breaker.outage()).isNull();
        assertThat(breaker.admit()).isEqualTo(Permit.FREE);
        assertThat(events).containsExactly("opened, null, null", "closed after PT7S");
    }

    @Test
    void inAnOutageItTakesThatOverAndTellsNothingNew() {
        failThreeTimes();
        long since = Objects.requireNonNull(breaker.outage()).sinceNanos();
        ticker.pass(Duration.ofMillis(100));
        events.clear();

        breaker.forceOpen();
        breaker.forceOpen();

        assertThat(Objects.requireNonNull(breaker.outage()).sinceNanos()).isEqualTo(since);
        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
        assertThat(events).isEmpty();
    }

    @Test
    void closedByHandEverythingIsTriedWhateverFails() {
        breaker.forceClosed();
        breaker.forceClosed();

        failThreeTimes();

        assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_CLOSED);
        assertThat(breaker.admit()).isEqualTo(Permit.FREE);
        assertThat(breaker.outage()).isNull();
        assertThat(events).isEmpty();
    }

    @Test
    void closedByHandInAnOutageThatIsOver() {
        failThreeTimes();
        ticker.pass(Duration.ofSeconds(2));

        breaker.forceClosed();

        assertThat(breaker.outage()).isNull();
        assertThat(events).last().isEqualTo("closed after PT2S");
    }

    @Test
    void afterAResetItCountsFromTheBeginning() {
        breaker.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));
        breaker.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));
        breaker.forceClosed();
        failThreeTimes();
        breaker.reset();

        breaker.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        breaker.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));
        breaker.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));

        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void theStatesOfABreakerThatIsLeftToItself() {
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        failThreeTimes();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        ticker.pass(Duration.ofSeconds(1));
        assertThat(breaker.admit().kind()).isEqualTo(Permit.Kind.PROBE);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        breaker.succeeded(Duration.ofMillis(1));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void modeObserveTellsTheOutageThatItIgnores() {
        CreationBreaker observing = breaker(BreakerMode.OBSERVE);
        for (int i = 0; i < 3; i++) {
            observing.failed(Permit.FREE, Failures.of(ConnectOutcome.UNREACHABLE));
        }

        assertThat(observing.outage()).isNull();
        assertThat(observing.knownOutage()).isNotNull();
        assertThat(observing.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void aPoolsCreatorWaitsUntilTheResetAndOnlyThenIsAnythingTried() throws Exception {
        FakeServer server = new FakeServer();
        try (BreakerRoute route =
                new BreakerRoute("test", breaker, server, Duration.ofSeconds(5), Clockwork.system())) {
            breaker.forceOpen();
            CompletableFuture<Connection> creator = creator(route);
            route.ask();
            ConnectFailedException refusal =
                    catchThrowableOfType(ConnectFailedException.class, () -> route.connect(ConnectOrder.PLAIN));
            assertThat(refusal.getMessage()).contains("by hand");
            assertThat(server.connects()).isZero();

            breaker.reset();

            assertThat(creator.get(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(server.connects()).isEqualTo(1);
        }
    }

    private static CompletableFuture<Connection> creator(BreakerRoute route) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(route.connect(new ConnectOrder(null, true, WhileOpen.WAIT)));
            } catch (SQLException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        Await.until("the creator waits", Duration.ofSeconds(20), () -> thread.getState() == Thread.State.WAITING);
        return result;
    }
}
