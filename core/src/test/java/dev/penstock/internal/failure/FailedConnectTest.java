package dev.penstock.internal.failure;

import static dev.penstock.ConnectOutcome.ABANDONED;
import static dev.penstock.ConnectOutcome.BROKEN;
import static dev.penstock.ConnectOutcome.LOST_RACE;
import static dev.penstock.ConnectOutcome.NO_CREDENTIALS;
import static dev.penstock.ConnectOutcome.REJECTED;
import static dev.penstock.ConnectOutcome.TIMED_OUT;
import static dev.penstock.ConnectOutcome.UNREACHABLE;
import static dev.penstock.ConnectOutcome.WRONG_ROLE;
import static dev.penstock.internal.failure.Attempts.at;
import static dev.penstock.internal.failure.Attempts.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectRejectedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which exception a failed connect makes. */
class FailedConnectTest {
    @ParameterizedTest
    @CsvSource({
        "DNS, 08001",
        "TCP, 08001",
        "TLS, 08006",
        "STARTUP, 08006",
        "AUTH, 08006",
    })
    void aSilentServerGivesTheSqlStateOfThePhase(ConnectPhase phase, String sqlState) {
        SQLException failure = failed(true, null, at("10.0.0.1:5432", phase, TIMED_OUT, 0, 5000))
                .toException();

        asserting(failure)
                .isInstanceOf(SQLTransientConnectionException.class)
                .isInstanceOf(ConnectFailedException.class);
        assertThat(failure.getSQLState()).isEqualTo(sqlState);
        assertThat(details(failure).phase()).isEqualTo(phase);
        assertThat(details(failure).outcome()).isEqualTo(TIMED_OUT);
        assertThat(details(failure).elapsed()).isEqualTo(Duration.ofMillis(5001));
        assertThat(details(failure).deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(details(failure).attempts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_FULL, 53300",
        "STARTING_UP, 57P03",
        "SERVER_ERROR, 08P01",
    })
    void anAnswerOfTheServerKeepsItsSqlState(ConnectOutcome outcome, String sqlState) {
        SQLException failure =
                failed(false, null, answered("a:5432", outcome, sqlState)).toException();

        asserting(failure).isInstanceOf(ConnectFailedException.class);
        assertThat(failure.getSQLState()).isEqualTo(sqlState);
        assertThat(details(failure).outcome()).isEqualTo(outcome);
        asserting(failure).hasCauseInstanceOf(SQLException.class);
    }

    @ParameterizedTest
    @CsvSource({"28P01", "28000", "3D000"})
    void aRejectionByTheOnlyHostIsFinal(String sqlState) {
        SQLException failure =
                failed(false, null, answered("a:5432", REJECTED, sqlState)).toException();

        asserting(failure)
                .isInstanceOf(SQLNonTransientConnectionException.class)
                .isInstanceOf(ConnectRejectedException.class);
        assertThat(failure.getSQLState()).isEqualTo(sqlState);
        assertThat(details(failure).outcome()).isEqualTo(REJECTED);
    }

    @Test
    void aRejectionStaysFinalWhateverTheHostsOtherAddressesDid() {
        SQLException failure = failed(
                        false,
                        null,
                        at("10.0.0.1:5432", ConnectPhase.TCP, TIMED_OUT, 0, 500),
                        Attempts.of(
                                "db.example.com:5432",
                                "10.0.0.2:5432",
                                ConnectPhase.AUTH,
                                REJECTED,
                                0,
                                1,
                                "28P01",
                                null),
                        at("10.0.0.3:5432", ConnectPhase.STARTUP, LOST_RACE, 0, 500))
                .toException();

        asserting(failure).isInstanceOf(ConnectRejectedException.class);
    }

    @Test
    void aRejectionByOneOfTwoHostsIsNot() {
        SQLException failure = failed(
                        false,
                        null,
                        answered("a:5432", REJECTED, "28P01"),
                        Attempts.of("b:5432", null, ConnectPhase.DNS, UNREACHABLE, 0, 1, null, null))
                .toException();

        asserting(failure).isInstanceOf(ConnectFailedException.class);
        assertThat(details(failure).outcome()).isEqualTo(UNREACHABLE);
        assertThat(failure.getSQLState()).isEqualTo("08001");
    }

    @Test
    void rejectionsByAllHostsAre() {
        SQLException failure = failed(
                        false, null, answered("a:5432", REJECTED, "28P01"), answered("b:5432", REJECTED, "3D000"))
                .toException();

        asserting(failure).isInstanceOf(ConnectRejectedException.class);
        assertThat(failure.getSQLState()).isEqualTo("28P01");
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_FULL, STARTING_UP",
        "STARTING_UP, SERVER_ERROR",
        "SERVER_ERROR, TIMED_OUT",
        "TIMED_OUT, BROKEN",
        "BROKEN, UNREACHABLE",
        "UNREACHABLE, WRONG_ROLE",
        "WRONG_ROLE, LOST_RACE",
    })
    void theAttemptThatTellsMoreNamesTheWhole(ConnectOutcome more, ConnectOutcome less) {
        ConnectAttempt telling = Attempts.of("a:1", "10.0.0.1:1", ConnectPhase.TCP, more, 0, 1, null, null);
        ConnectAttempt other = Attempts.of("b:1", "10.0.0.2:1", ConnectPhase.AUTH, less, 0, 1, null, null);

        assertThat(details(failed(false, null, other, telling).toException()).outcome())
                .isEqualTo(more);
        assertThat(details(failed(false, null, telling, other).toException()).phase())
                .isEqualTo(ConnectPhase.AUTH);
    }

    @Test
    void theSqlStateIsThatOfTheAttemptThatTellsMost() {
        SQLException failure = failed(
                        true,
                        null,
                        at("10.0.0.1:5432", ConnectPhase.TCP, TIMED_OUT, 0, 1),
                        at("10.0.0.2:5432", ConnectPhase.AUTH, BROKEN, 0, 1))
                .toException();

        assertThat(failure.getSQLState()).isEqualTo("08001");
    }

    @ParameterizedTest
    @EnumSource(
            value = ConnectOutcome.class,
            names = {"TIMED_OUT", "REJECTED", "SERVER_FULL", "UNREACHABLE"})
    void whoGaveUpIsToldSoWhateverElseHappened(ConnectOutcome outcome) {
        SQLException failure = failed(
                        false,
                        "the calling thread was interrupted",
                        Attempts.of("a:1", null, ConnectPhase.AUTH, outcome, 0, 1, "28P01", null))
                .toException();

        asserting(failure).isInstanceOf(ConnectFailedException.class);
        assertThat(details(failure).outcome()).isEqualTo(ABANDONED);
        assertThat(failure.getSQLState()).isEqualTo("08006");
    }

    @Test
    void withoutCredentialsNoServerWasAsked() {
        SQLException failure = failed(
                        false,
                        null,
                        Attempts.of(
                                "db:1", null, ConnectPhase.CREDENTIALS, NO_CREDENTIALS, 0, 1, null, new Error("vault")))
                .toException();

        assertThat(details(failure).outcome()).isEqualTo(NO_CREDENTIALS);
        assertThat(details(failure).phase()).isEqualTo(ConnectPhase.CREDENTIALS);
        assertThat(failure.getSQLState()).isEqualTo("08001");
        asserting(failure).hasCauseInstanceOf(Error.class);
    }

    @Test
    void aWrongRoleIsAServerThatCouldNotBeReached() {
        SQLException failure = failed(
                        false, null, Attempts.of("a:1", "10.0.0.1:1", ConnectPhase.AUTH, WRONG_ROLE, 0, 1, null, null))
                .toException();

        assertThat(failure.getSQLState()).isEqualTo("08001");
        assertThat(details(failure).outcome()).isEqualTo(WRONG_ROLE);
    }

    @Test
    void noAttemptAtAllIsATimeOut() {
        SQLException failure = failed(true, null).toException();

        assertThat(details(failure).outcome()).isEqualTo(TIMED_OUT);
        assertThat(details(failure).phase()).isEqualTo(ConnectPhase.DNS);
        assertThat(failure.getSQLState()).isEqualTo("08001");
    }

    @Test
    void itSurvivesSerialisationWithoutItsAttempts() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(failed(true, null, at("10.0.0.1:5432", ConnectPhase.TCP, TIMED_OUT, 0, 1))
                    .toException());
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ConnectFailure failure = (ConnectFailure) in.readObject();
            assertThat(failure.outcome()).isEqualTo(TIMED_OUT);
            assertThat(failure.attempts()).isEmpty();
        }
    }

    private static ConnectAttempt answered(String host, ConnectOutcome outcome, String sqlState) {
        return Attempts.of(
                host,
                "10.0.0.1:5432",
                ConnectPhase.STARTUP,
                outcome,
                0,
                10,
                sqlState,
                FailureClassTest.fromServer(sqlState, "because"));
    }

    private static ConnectFailure details(SQLException failure) {
        return (ConnectFailure) failure;
    }

    /** A SQLException is an Iterable too, which the general method cannot tell apart. */
    private static AbstractThrowableAssert<?, ? extends Throwable> asserting(Throwable failure) {
        return assertThat(failure);
    }
}
