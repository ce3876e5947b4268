package dev.penstock.internal.connect;

import static dev.penstock.internal.connect.Callers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.PenstockConnector;
import dev.penstock.internal.connect.Callers.Answer;
import dev.penstock.internal.connect.Callers.Call;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.NoLeftovers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two things happen at the same instant: one of them counts, and what the other one opened is closed. */
@NoLeftovers
class PhotoFinishTest {
    private static final Duration DEADLINE = Duration.ofMillis(300);

    @Test
    void aSessionThatIsUsableAtTheDeadlineIsDeliveredOrClosed() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                FaultProxy slow = FaultProxy.to(server.socketAddress());
                PenstockConnector connector = Connectors.to(slow.port(), DEADLINE, connect -> {})) {
            for (int round = 0; round < 20; round++) {
                slow.behave(Behaviour.answerAfter(DEADLINE.minusMillis(round)));
                for (Answer answer : together(connector, 4)) {
                    if (answer.connection() == null) {
                        assertThat(answer.details().outcome()).isEqualTo(ConnectOutcome.TIMED_OUT);
                    } else {
                        assertThat(answer.connection().isClosed()).isFalse();
                        answer.connection().abort(Runnable::run);
                    }
                }
            }
            Await.until("all sockets closed", PATIENCE, () -> slow.openConnections() == 0);
            Await.until("all backends gone", PATIENCE, () -> server.openConnections() == 0);
        }
    }

    @Test
    void ofTwoSessionsThatAreUsableTogetherOneIsClosed() throws Exception {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                FaultProxy one = FaultProxy.anyPort(Loopback.address(41), server.socketAddress());
                FaultProxy other = FaultProxy.at(Loopback.address(42), one.port(), server.socketAddress());
                PenstockConnector connector = Connectors.to(
                        "db.penstock.test",
                        one.port(),
                        Connectors.FAR,
                        connect -> connect.resolver(host -> List.of(one.address(), other.address())),
                        new Recorder())) {
            // the second session is opened when the first has been silent for half a second
            one.behave(Behaviour.answerAfter(Duration.ofMillis(750)));
            other.behave(Behaviour.answerAfter(Duration.ofMillis(250)));
            List<Answer> answers = together(connector, 8);
            assertThat(answers).allMatch(answer -> answer.connection() != null);
            Await.until("only the winners open", PATIENCE, () -> one.openConnections() + other.openConnections() == 8);
            for (Answer answer : answers) {
                answer.connection().abort(Runnable::run);
            }
            Await.until("all backends gone", PATIENCE, () -> server.openConnections() == 0);
        }
    }

    private static List<Answer> together(PenstockConnector connector, int callers) throws Exception {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            calls.add(Callers.start(connector));
        }
        List<Answer> answers = new ArrayList<>();
        for (Call call : calls) {
            answers.add(call.answer());
        }
        return answers;
    }
}
