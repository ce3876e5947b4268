package dev.penstock.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** Classes come from SQLStates and types of exceptions, never from what they say. */
class FailureClassTest {
    @ParameterizedTest
    @CsvSource({
        "28P01, REJECTED",
        "28000, REJECTED",
        "3D000, REJECTED",
        "53300, SERVER_FULL",
        "57P03, STARTING_UP",
        "08P01, SERVER_ERROR",
        "42501, SERVER_ERROR",
        "XX000, SERVER_ERROR",
    })
    void theServersOwnSqlStateDecides(String state, ConnectOutcome outcome) {
        SQLException failure = fromServer(state, "timeout: connection refused: 28P01");

        assertThat(FailureClass.of(failure)).isEqualTo(outcome);
        assertThat(FailureClass.sqlState(failure)).isEqualTo(state);
        assertThat(FailureClass.of(new IOException(failure))).isEqualTo(outcome);
    }

    /** The driver gives 08001 and 08006 to a great many things. */
    @ParameterizedTest
    @MethodSource
    void withoutOneTheTypeOfTheInputOutputErrorDecides(IOException cause, ConnectOutcome outcome) {
        SQLException failure = new PSQLException("28P01", PSQLState.CONNECTION_UNABLE_TO_CONNECT, cause);

        assertThat(FailureClass.of(failure)).isEqualTo(outcome);
        assertThat(FailureClass.of(cause)).isEqualTo(outcome);
        assertThat(FailureClass.sqlState(failure)).isEqualTo("08001");
        assertThat(FailureClass.isIo(failure)).isTrue();
    }

    static Stream<Arguments> withoutOneTheTypeOfTheInputOutputErrorDecides() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection timed out"), ConnectOutcome.UNREACHABLE),
                Arguments.of(new NoRouteToHostException(), ConnectOutcome.UNREACHABLE),
                Arguments.of(new UnknownHostException("timeout"), ConnectOutcome.UNREACHABLE),
                Arguments.of(new SocketTimeoutException("Connection refused"), ConnectOutcome.TIMED_OUT),
                Arguments.of(new SocketException("Connection reset"), ConnectOutcome.BROKEN),
                Arguments.of(new EOFException(), ConnectOutcome.BROKEN),
                Arguments.of(new SSLHandshakeException("no"), ConnectOutcome.BROKEN));
    }

    @Test
    void whatTheDriverThrowsByItselfIsBroken() {
        SQLException failure = new PSQLException("Invalid SCRAM client initialization", PSQLState.CONNECTION_REJECTED);

        assertThat(FailureClass.of(failure)).isEqualTo(ConnectOutcome.BROKEN);
        assertThat(FailureClass.sqlState(failure)).isEqualTo("08004");
        assertThat(FailureClass.isIo(failure)).isFalse();
    }

    @Test
    void anErrorOfAPlugInIsBrokenAndHasNoSqlState() {
        assertThat(FailureClass.of(new NoClassDefFoundError("x"))).isEqualTo(ConnectOutcome.BROKEN);
        assertThat(FailureClass.sqlState(new NoClassDefFoundError("x"))).isNull();
    }

    @Test
    void aTlsHandshakeIsKnownByItsException() {
        assertThat(FailureClass.isTlsHandshake(new SQLException(new SSLHandshakeException("x"))))
                .isTrue();
        assertThat(FailureClass.isTlsHandshake(new SQLException(new SocketException("TLS"))))
                .isFalse();
    }

    @Test
    void aChainThatBitesItsOwnTailEnds() {
        Exception one = new Exception("one");
        Exception other = new Exception("other", one);
        one.initCause(other);

        assertThat(FailureClass.of(one)).isEqualTo(ConnectOutcome.BROKEN);
    }

    static SQLException fromServer(String state, String message) {
        return new PSQLException(new ServerErrorMessage("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0"));
    }
}
