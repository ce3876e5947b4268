package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectRejectedException;
import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who logs in, and whose word counts. */
@WithPostgres(tls = true)
class CredentialsTest implements LeavesNothing {
    private static final String WHO = "select current_user";

    private final PostgresServer server;

    CredentialsTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void rolesHaveTheirFirstPasswords() throws SQLException {
        for (String role : new String[] {"rotating", "other_one"}) {
            server.execute(
                    "do $$ begin create role " + role + " login; exception when duplicate_object then null; end $$");
            setPassword(role, "first");
        }
    }

    private void setPassword(String role, String password) throws SQLException {
        server.execute("alter role " + role + " password '" + password + "'");
    }

    private static Properties none() {
        Properties properties = new Properties();
        properties.setProperty("sslmode", "disable");
        return properties;
    }

    private PenstockConnector supplied(CredentialsSupplier supplier) {
        return Connectors.over(server.jdbcUrl(), none(), connect -> connect.credentials(supplier));
    }

    @Test
    void eachConnectAsksForThePasswordOfTheMoment() throws SQLException {
        AtomicReference<String> password = new AtomicReference<>("first");
        AtomicInteger asked = new AtomicInteger();
        PenstockConnector connector = supplied(() -> {
            asked.incrementAndGet();
            return new Credentials("rotating", password.get());
        });
        assertThat(Connectors.ask(connector, WHO)).isEqualTo("rotating");

        setPassword("rotating", "second");
        ConnectRejectedException stale =
                Objects.requireNonNull(catchThrowableOfType(ConnectRejectedException.class, connector::getConnection));
        password.set("second");

        assertThat(stale.getSQLState()).isEqualTo("28P01");
        assertThat(stale.phase()).isEqualTo(ConnectPhase.AUTH);
        assertThat(Connectors.ask(connector, WHO)).isEqualTo("rotating");
        assertThat(asked).hasValue(3);
    }

    @Test
    void theSupplierCountsMoreThanUrlPropertiesAndCall() throws SQLException {
        PenstockConnector connector = Connectors.over(
                server.jdbcUrl() + "?user=nobody&password=wrong",
                Connectors.login(server, "sslmode", "disable"),
                connect -> connect.credentials(() -> new Credentials("rotating", "first")));

        assertThat(Connectors.ask(connector, WHO)).isEqualTo("rotating");
        try (Connection connection = connector.getConnection("other_one", "wrong")) {
            assertThat(Connectors.ask(connection, WHO)).isEqualTo("rotating");
        }
    }

    @Test
    void theCallCountsMoreThanThePropertiesAndOnlyOnce() throws SQLException {
        PenstockConnector connector = Connectors.over(server.jdbcUrl(), Connectors.login(server, "sslmode", "disable"));

        try (Connection connection = connector.getConnection("other_one", "first")) {
            assertThat(Connectors.ask(connection, WHO)).isEqualTo("other_one");
        }
        assertThat(Connectors.ask(connector, WHO)).isEqualTo(server.user());
    }

    /** DataSource says "the user on whose behalf the connection is being made", wherever else one stands. */
    @Test
    void theCallCountsMoreThanTheUrl() throws SQLException {
        PenstockConnector connector = Connectors.over(server.jdbcUrl() + "?user=nobody&password=wrong", none());

        try (Connection connection = connector.getConnection("other_one", "first")) {
            assertThat(Connectors.ask(connection, WHO)).isEqualTo("other_one");
        }
    }

    @Test
    void aPasswordAloneLeavesTheUserOfTheUrl() throws SQLException {
        PenstockConnector connector = Connectors.over(
                server.jdbcUrl() + "?user=rotating",
                none(),
                connect -> connect.credentials(() -> new Credentials(null, "first")));

        assertThat(Connectors.ask(connector, WHO)).isEqualTo("rotating");
    }

    @Test
    void withoutADatabaseTheSuppliedUsersNameIsTheDatabase() throws SQLException {
        server.execute("drop database if exists rotating", "create database rotating owner rotating");
        PenstockConnector connector = Connectors.over(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/",
                none(),
                connect -> connect.credentials(() -> new Credentials("rotating", "first")));

        assertThat(Connectors.ask(connector, "select current_database()")).isEqualTo("rotating");
    }

    @Test
    void theSupplierIsUnderTheDeadline() {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        PenstockConnector connector = Connectors.over(
                server.jdbcUrl(),
                none(),
                connect -> connect.deadline(Duration.ofMillis(500)).credentials(() -> {
                    asked.incrementAndGet();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new SQLException(e);
                    }
                    return new Credentials("rotating", "first");
                }));

        for (int i = 0; i < 2; i++) {
            ConnectFailedException failure = Objects.requireNonNull(
                    catchThrowableOfType(ConnectFailedException.class, connector::getConnection));

            assertThat(failure.phase()).isEqualTo(ConnectPhase.CREDENTIALS);
            assertThat(failure.outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS);
            assertThat(failure.elapsed()).isLessThan(Duration.ofMillis(1500));
        }
        assertThat(asked).hasValue(1);
        gate.countDown();
    }

    @Test
    void whatTheSupplierThrowsIsTheCause() {
        SQLException locked = new SQLException("the vault is sealed", "28000");
        PenstockConnector connector = supplied(() -> {
            throw locked;
        });

        ConnectFailedException failure =
                Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));

        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.NO_CREDENTIALS);
        assertThat(failure.getCause()).isSameAs(locked);
        assertThat(failure.getMessage()).contains("the vault is sealed");
    }

    @Test
    void noPasswordAtAllIsSaidSo() {
        PenstockConnector connector = Connectors.over(server.jdbcUrl() + "?user=rotating", none());

        SQLException failure =
                Objects.requireNonNull(catchThrowableOfType(SQLException.class, connector::getConnection));

        assertThat(failure.getMessage()).contains("no password was provided");
    }
}
