package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.BreakerState;
import dev.penstock.OutageReport;
import dev.penstock.spring.actuate.Condition.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a pool, and in which words. */
class ConditionTest {
    private static final Connections CALM = new Connections(10, 3, 7, 10, 0, 0);
    private static final Connections BUSY = new Connections(10, 10, 0, 10, 25, 0);
    private static final Connections EMPTY = new Connections(0, 0, 0, 10, 0, 4);

    private static OutageReport outage(boolean confirmed) {
        return new OutageReport(
                Instant.EPOCH,
                Duration.ofSeconds(42),
                12,
                confirmed ? Duration.ofSeconds(1) : Duration.ZERO,
                confirmed,
                null);
    }

    private static Condition of(BreakerState breaker, @Nullable OutageReport outage, Connections connections) {
        return Condition.of(new Signs(breaker, outage, false, connections, 0, List.of(), null));
    }

    @Test
    void thereIsNothingToSayOfACalmPool() {
        assertThat(of(BreakerState.CLOSED, null, CALM)).isEqualTo(new Condition(State.FINE, List.of()));
    }

    /** It lends, one after the other. */
    @Test
    void aBusyPoolIsNotDown() {
        assertThat(of(BreakerState.CLOSED, null, BUSY))
                .isEqualTo(new Condition(
                        State.DEGRADED, List.of("25 callers wait for a connection; 10 of at most 10 are on loan")));
    }

    @Test
    void norIsABusyOneDuringAnOutage() {
        assertThat(of(BreakerState.OPEN, outage(true), BUSY).state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void noConnectionAndNoneToBeMadeIsDown() {
        assertThat(of(BreakerState.OPEN, outage(true), EMPTY))
                .isEqualTo(new Condition(
                        State.DOWN,
                        List.of(
                                "no connection can be made, for 42 s now (12 failed probes); the pool has none",
                                "4 callers wait for a connection; 0 of at most 10 are on loan")));
        assertThat(of(BreakerState.HALF_OPEN, outage(true), EMPTY).state()).isEqualTo(State.DOWN);
    }

    /** Nobody has asked it yet, or whoever did has found that there is nothing to be had. */
    @Test
    void aPoolThatHasNotStartedIsDownInAConfirmedOutageOnly() {
        Connections notStarted = new Connections(0, 0, 0, 0, 0, 0);
        assertThat(of(BreakerState.CLOSED, null, notStarted).state()).isEqualTo(State.FINE);
        assertThat(of(BreakerState.OPEN, outage(true), notStarted).state()).isEqualTo(State.DOWN);
        assertThat(of(BreakerState.OPEN, outage(false), notStarted).state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void whatIsThereIsLent() {
        assertThat(of(BreakerState.OPEN, outage(true), CALM))
                .isEqualTo(new Condition(
                        State.DEGRADED,
                        List.of("no connection can be made, for 42 s now (12 failed probes);"
                                + " 10 that the pool has are lent as before, 7 idle now")));
    }

    /** Else whoever goes by it would see to it that nobody ever asks again. */
    @Test
    void anOutageThatNobodyConfirmsIsNotDown() {
        assertThat(of(BreakerState.OPEN, outage(false), new Connections(0, 0, 0, 10, 0, 0)))
                .isEqualTo(new Condition(
                        State.DEGRADED,
                        List.of("no connection could be made from 42 s ago on, and nobody has wanted one lately:"
                                + " the next borrow will tell; the pool has none at the moment")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void nothingIsConcludedFromANumberThatIsNotKnown(int total) {
        Connections connections = new Connections(total, -1, -1, -1, -1, 0);
        assertThat(of(BreakerState.OPEN, outage(true), connections).state()).isEqualTo(State.DEGRADED);
        assertThat(of(BreakerState.CLOSED, null, connections).state()).isEqualTo(State.FINE);
    }

    @Test
    void anEmptyPoolIsFineAsLongAsConnectionsCanBeMade() {
        assertThat(of(BreakerState.CLOSED, null, new Connections(0, 0, 0, 10, 0, 0))
                        .state())
                .isEqualTo(State.FINE);
    }

    @Test
    void openByHandIsSaid() {
        OutageReport byHand = new OutageReport(Instant.EPOCH, Duration.ofMinutes(5), 0, null, true, null);
        assertThat(of(BreakerState.FORCED_OPEN, byHand, EMPTY))
                .satisfies(condition -> assertThat(condition.state()).isEqualTo(State.DOWN))
                .satisfies(condition -> assertThat(condition.reasons())
                        .contains("the breaker is open by hand: no connection is made until it is reset;"
                                + " the pool has none"));
        assertThat(of(BreakerState.FORCED_OPEN, byHand, CALM).state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void closedByHandIsSaidToo() {
        assertThat(of(BreakerState.FORCED_CLOSED, null, CALM).reasons())
                .containsExactly("the breaker is closed by hand, and does not notice an outage until it is reset");
    }

    /** Somebody wants it so: that counts more than an outage meanwhile. */
    @Test
    void suspendedIsNotDown() {
        Condition condition = Condition.of(new Signs(BreakerState.OPEN, outage(true), true, EMPTY, 0, List.of(), null));
        assertThat(condition.state()).isEqualTo(State.SUSPENDED);
        assertThat(condition.reasons())
                .first()
                .isEqualTo("suspended by hand: nobody is lent a connection until it is resumed");
    }

    @Test
    void leaksLimitsAndBudgetDegrade() {
        Condition condition = Condition.of(new Signs(
                BreakerState.CLOSED,
                null,
                false,
                CALM,
                2,
                List.of("PgBouncer stands in between"),
                "budget OVER for shop"));
        assertThat(condition)
                .isEqualTo(new Condition(
                        State.DEGRADED,
                        List.of(
                                "2 connections on loan look leaked: the endpoint penstock says who borrowed",
                                "limits of sessions are not all in force on the server: PgBouncer stands in between",
                                "budget OVER for shop")));
    }

    @ParameterizedTest
    @EnumSource(BreakerState.class)
    void withoutAnOutageNoBreakerIsDown(BreakerState breaker) {
        assertThat(of(breaker, null, EMPTY).state()).isNotEqualTo(State.DOWN);
    }
}
