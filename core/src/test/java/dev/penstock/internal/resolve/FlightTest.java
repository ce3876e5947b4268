package dev.penstock.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightTest {
    private static final List<InetAddress> ANSWER = List.of(InetAddress.getLoopbackAddress());

    private final Flight flight = new Flight();

    @Test
    void everyWaiterGetsTheAnswer() {
        var first = flight.join();
        var second = flight.join();
        flight.arrive(ANSWER);

        assertThat(first).isCompletedWithValue(ANSWER);
        assertThat(second).isCompletedWithValue(ANSWER);
        assertThat(flight.waiting()).isZero();
    }

    @Test
    void whoComesAfterTheLandingGetsTheAnswerToo() {
        flight.arrive(ANSWER);
        assertThat(flight.join()).isCompletedWithValue(ANSWER);

        var failed = new Flight();
        var failure = new StackOverflowError();
        failed.fail(failure);
        assertThat(failed.join()).isCompletedExceptionally();
        assertThat(failed.join().handle((value, thrown) -> thrown)).isCompletedWithValue(failure);
    }

    @Test
    void whoGivesUpIsForgotten() {
        var patient = flight.join();
        for (int i = 0; i < 1000; i++) {
            flight.join().cancel(false);
        }
        assertThat(flight.waiting()).isEqualTo(1);
        flight.arrive(ANSWER);
        assertThat(patient).isCompletedWithValue(ANSWER);
    }

    @Test
    void aCallbackMayJoinAndCancelWhileTheFlightLands() {
        var second = flight.join();
        var third = flight.join();
        var joinedAgain = second.thenApply(answer -> flight.join().isDone());
        var cancelled = second.thenApply(answer -> third.cancel(false));
        flight.arrive(ANSWER);

        assertThat(joinedAgain).isCompletedWithValue(true);
        assertThat(cancelled).isCompletedWithValue(true);
        assertThat(third).isCancelled();
    }
}
