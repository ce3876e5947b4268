package dev.penstock.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PenstockConfig;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/** Tickets name what is being opened and nothing else: none is left, however the opening ends. */
@Tag("driver")
class SocketTicketsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final HandOver handOver = new HandOver();

    @Test
    void aTicketIsGoodUntilItIsWithdrawn() {
        SocketSource source = source(1);
        int before = SocketTickets.outstanding();
        String ticket = SocketTickets.issue(source);
        assertThat(SocketTickets.redeem(ticket)).isSameAs(source);
        assertThat(SocketTickets.redeem(ticket)).isSameAs(source);
        SocketTickets.withdraw(ticket);

        assertThat(SocketTickets.outstanding()).isEqualTo(before);
        assertThatThrownBy(() -> SocketTickets.redeem(ticket))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(ticket);
    }

    @Test
    void noTwoAreAlike() {
        String one = SocketTickets.issue(source(1));
        String other = SocketTickets.issue(source(1));
        SocketTickets.withdraw(one);
        SocketTickets.withdraw(other);

        assertThat(one).isNotEqualTo(other);
    }

    static Stream<Behaviour> failures() {
        return Stream.of(
                PgScript.error("28P01", "no"),
                PgScript.full(),
                PgScript.startingUp(),
                Behaviour.rst(),
                Behaviour.fin(),
                Behaviour.refuse());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterAFailedOpeningNoneIsLeft(Behaviour behaviour) {
        try (FakePostgres server = FakePostgres.start(behaviour)) {
            int before = SocketTickets.outstanding();
            assertThatThrownBy(() -> open(server)).isInstanceOf(SQLException.class);

            assertThat(SocketTickets.outstanding()).isEqualTo(before);
        }
    }

    @Test
    void afterAnOpeningNoneIsLeftAndTheFactoryStaysGood() throws SQLException {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence())) {
            int before = SocketTickets.outstanding();
            OpenedSession session = open(server);

            assertThat(SocketTickets.outstanding()).isEqualTo(before);
            assertThat(handOver.establish()).isTrue();
            session.connection().unwrap(PGConnection.class).cancelQuery();
            server.proxy().awaitAccepted(2);
            session.discard();
        }
    }

    @Test
    void afterExpiryTheDriverGetsNoFurtherSocket() {
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence())) {
            handOver.expire();

            assertThatThrownBy(() -> open(server)).hasRootCauseInstanceOf(SocketException.class);
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void theUsersFactoryClassIsNotForUsers() {
        assertThatThrownBy(() -> factory("penstock-none"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("for Penstock's own connects");
    }

    @Test
    void aPinnedFactoryRefusesToConnectElsewhere() {
        String ticket = SocketTickets.issue(source(1));
        try {
            PenstockSocketFactory factory = factory(ticket);
            assertThatThrownBy(() -> factory.createSocket("127.0.0.1", 1)).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> factory.createSocket("127.0.0.1", 1, null, 0))
                    .isInstanceOf(SocketException.class);
        } finally {
            SocketTickets.withdraw(ticket);
        }
    }

    private static PenstockSocketFactory factory(String ticket) {
        Properties properties = new Properties();
        properties.setProperty("socketFactoryArg", ticket);
        return new PenstockSocketFactory(properties);
    }

    @Test
    void aFactoryWithoutATicketSaysWhatIsWrong() {
        assertThatThrownBy(() -> new PenstockSocketFactory(new Properties()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("for Penstock's own connects");
    }

    private OpenedSession open(FakePostgres server) throws SQLException {
        ConnectTarget target = ConnectTarget.of(
                "jdbc:postgresql://127.0.0.1:" + server.port()
                        + "/app?user=app&password=x&sslmode=disable&assumeMinServerVersion=9.4",
                new Properties());
        SessionOpener opener =
                new SessionOpener(target, PenstockConfig.defaults().connect());
        return opener.open(target.hosts().get(0), source(server.port()), null, FirstLine.OFF, "app");
    }

    private SocketSource source(int port) {
        Dialer dialer =
                new PinnedDialer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null, Ticker.system());
        Deadline deadline = Deadline.after(Ticker.system(), DEADLINE);
        return new SocketSource(
                dialer, handOver, deadline, new PhaseTimes(deadline), Duration.ofSeconds(1), new LingeringCancels());
    }
}
