package dev.penstock.internal.failure;

import static dev.penstock.internal.failure.Attempts.at;
import static dev.penstock.internal.failure.Attempts.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The text that somebody reads at three in the morning. */
class FailureReportTest {
    @Test
    void oneLinePerAttemptWithAddressPhaseTimeAndCause() {
        String report = failed(
                        true,
                        null,
                        at("10.0.0.1:5432", ConnectPhase.TCP, ConnectOutcome.TIMED_OUT, 0, 5001),
                        Attempts.of(
                                "db.example.com:5432",
                                "10.0.0.2:5432",
                                ConnectPhase.TCP,
                                ConnectOutcome.UNREACHABLE,
                                250,
                                3,
                                null,
                                new ConnectException("Connection refused")),
                        at("10.0.0.3:5432", ConnectPhase.STARTUP, ConnectOutcome.TIMED_OUT, 253, 4748))
                .toException()
                .getMessage();

        assertThat(report).isEqualTo("""
                        penstock 'orders': no usable session within the deadline to \
                        jdbc:postgresql://db.example.com:5432/app (3 attempts in 5001 ms, connect.deadline 5000 ms)
                          db.example.com:5432 at 10.0.0.1:5432  TCP: no answer after 5001 ms
                          db.example.com:5432 at 10.0.0.2:5432  TCP: unreachable after 3 ms, begun at 250 ms: \
                        Connection refused
                          db.example.com:5432 at 10.0.0.3:5432  startup: no answer after 4748 ms, begun at 253 ms
                          -> a server accepted and then did not answer: it, or a proxy in front of it, hangs or is \
                        overloaded""");
    }

    @Test
    void aRefusalShowsTheServersSqlStateAndWords() {
        String report = failed(
                        false,
                        null,
                        Attempts.of(
                                "db.example.com:5432",
                                "10.0.0.1:5432",
                                ConnectPhase.AUTH,
                                ConnectOutcome.REJECTED,
                                0,
                                12,
                                "28P01",
                                FailureClassTest.fromServer(
                                        "28P01", "password authentication failed for user \"app\"")))
                .toException()
                .getMessage();

        assertThat(report).isEqualTo("""
                        penstock 'orders': refused by the server to jdbc:postgresql://db.example.com:5432/app \
                        (1 attempt in 1234 ms, connect.deadline 5000 ms)
                          db.example.com:5432 at 10.0.0.1:5432  auth: refused after 12 ms: [28P01] FATAL: password \
                        authentication failed for user "app"
                          -> check user, password or token, database name and pg_hba.conf: trying again does not help""");
    }

    @Test
    void aServerThatWasAskedAgainAndAgainIsOneLine() {
        ConnectAttempt[] attempts = IntStream.range(0, 20)
                .mapToObj(i -> Attempts.of(
                        "db.example.com:5432",
                        "10.0.0.1:5432",
                        ConnectPhase.STARTUP,
                        ConnectOutcome.STARTING_UP,
                        i * 200L,
                        2,
                        "57P03",
                        new SQLException("the database system is starting up", "57P03")))
                .toArray(ConnectAttempt[]::new);
        String report = failed(true, null, attempts).toException().getMessage();

        assertThat(report.lines()).hasSize(3);
        assertThat(report)
                .contains("the server is starting up or shutting down, no session")
                .contains("20 attempts in 5001 ms")
                .contains("startup: starting up after 2 ms, 20 times: [57P03] the database system is starting up");
    }

    @Test
    void repeatsOfAnotherAddressAreNotFolded() {
        String report = failed(
                        true,
                        null,
                        at("10.0.0.1:5432", ConnectPhase.STARTUP, ConnectOutcome.STARTING_UP, 0, 1),
                        at("10.0.0.2:5432", ConnectPhase.STARTUP, ConnectOutcome.STARTING_UP, 0, 1),
                        at("10.0.0.1:5432", ConnectPhase.STARTUP, ConnectOutcome.TIMED_OUT, 0, 1))
                .toException()
                .getMessage();

        assertThat(report.lines()).hasSize(5);
    }

    @Test
    void secretsAreMaskedWhereverTheyCome() {
        String report = failed(
                        false,
                        null,
                        Attempts.of(
                                "db.example.com:5432",
                                null,
                                ConnectPhase.AUTH,
                                ConnectOutcome.BROKEN,
                                0,
                                1,
                                null,
                                new SQLException(
                                        "cannot use jdbc:postgresql://db/app?user=app&password=s3cr3t",
                                        new Exception("sslpassword=hunter2"))))
                .toException()
                .getMessage();

        assertThat(report).doesNotContain("s3cr3t", "hunter2").contains("password=***");
    }

    @Test
    void aCauseOfSeveralLinesStaysOneLine() {
        String report = failed(
                        false,
                        null,
                        Attempts.of(
                                "a:1",
                                null,
                                ConnectPhase.AUTH,
                                ConnectOutcome.BROKEN,
                                0,
                                1,
                                null,
                                new Exception("one\ntwo")))
                .toException()
                .getMessage();

        assertThat(report).contains("one two");
        assertThat(report.lines()).hasSize(3);
    }

    @Test
    void aCauseWithoutAMessageIsNamedByItsClass() {
        String report = failed(
                        false,
                        null,
                        Attempts.of(
                                "a:1",
                                null,
                                ConnectPhase.TCP,
                                ConnectOutcome.BROKEN,
                                0,
                                1,
                                null,
                                new StackOverflowError()))
                .toException()
                .getMessage();

        assertThat(report).contains("TCP: broken off after 1 ms: StackOverflowError");
    }

    @Test
    void whoGaveUpReadsWhy() {
        String report = failed(
                        false,
                        "the connector was closed",
                        at("10.0.0.1:5432", ConnectPhase.TCP, ConnectOutcome.ABANDONED, 0, 1234))
                .toException()
                .getMessage();

        assertThat(report)
                .startsWith("penstock 'orders': the connector was closed, no session to ")
                .contains("TCP: given up after 1234 ms")
                .endsWith("nothing is wrong with the server: the caller was interrupted or the connector closed");
    }

    @ParameterizedTest
    @EnumSource(ConnectOutcome.class)
    void everyOutcomeHasAHeadlineALineAndAnAdvice(ConnectOutcome outcome) {
        String report = FailureReport.of(
                failed(false, "the caller gave up", at("10.0.0.1:5432", ConnectPhase.TCP, outcome, 0, 1)),
                outcome,
                ConnectPhase.TCP);

        assertThat(report.lines()).hasSize(3);
        assertThat(report).contains("\n  -> ").doesNotContain("null").matches("[\\x20-\\x7e\\n]+");
    }

    @ParameterizedTest
    @EnumSource(ConnectPhase.class)
    void everyPhaseHasAnAdviceOfItsOwn(ConnectPhase phase) {
        for (ConnectPhase other : ConnectPhase.values()) {
            assertThat(Advice.on(ConnectOutcome.TIMED_OUT, other).equals(Advice.on(ConnectOutcome.TIMED_OUT, phase)))
                    .isEqualTo(other == phase);
        }
    }

    @Test
    void anExpiryBeforeTheFirstAttemptBlamesNobody() {
        assertThat(failed(true, null).toException().getMessage())
                .contains("(0 attempts in 5001 ms")
                .contains("-> the deadline was over before anything was tried");
    }
}
