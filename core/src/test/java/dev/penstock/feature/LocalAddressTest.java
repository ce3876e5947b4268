package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code localSocketAddress}: which of the machine's addresses the server sees. */
@WithPostgres(tls = true)
@Tag("driver")
class LocalAddressTest implements LeavesNothing {
    private static final String SEEN = "select host(client_addr) from pg_stat_activity where pid = pg_backend_pid()";

    private final PostgresServer server;

    LocalAddressTest(PostgresServer server) {
        this.server = server;
    }

    private PenstockConnector connector(String local, String... namesAndValues) {
        return Connectors.over(
                server.jdbcUrl() + "?localSocketAddress=" + local, Connectors.login(server, namesAndValues));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void theServerSeesTheWantedAddress(String sslmode) throws SQLException {
        assertThat(Connectors.ask(connector("127.0.0.7", "sslmode", sslmode), SEEN))
                .isEqualTo("127.0.0.7");
    }

    @Test
    void aQueryTimeoutComesFromTheSameAddress() throws SQLException {
        try (Connection connection = connector("127.0.0.7").getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            SQLException cancelled = Objects.requireNonNull(
                    catchThrowableOfType(SQLException.class, () -> statement.execute("select pg_sleep(12)")));

            assertThat(cancelled.getSQLState()).isEqualTo("57014");
        }
    }

    /** 192.0.2.0/24 is for documentation: no machine has it. */
    @Test
    void anAddressThatTheMachineDoesNotHaveIsNamed() {
        ConnectFailedException failure = Objects.requireNonNull(
                catchThrowableOfType(ConnectFailedException.class, connector("192.0.2.7")::getConnection));

        assertThat(failure.getMessage()).contains("localSocketAddress").contains("192.0.2.7");
    }

    @Test
    void aNameThatIsNoAddressIsNamed() {
        ConnectFailedException failure = Objects.requireNonNull(
                catchThrowableOfType(ConnectFailedException.class, connector("no.such.host.invalid")::getConnection));

        assertThat(failure.getMessage()).contains("localSocketAddress").contains("no.such.host.invalid");
    }
}
