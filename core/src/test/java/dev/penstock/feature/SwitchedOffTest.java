package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailure;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.ThreadCensus;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code penstock.enabled=false}: the plain driver, without a new build. */
@WithPostgres(tls = true)
@Tag("driver")
class SwitchedOffTest {
    enum By {
        BUILDER,
        PROPERTY,
        URL,
        SYSTEM_PROPERTY
    }

    private final PostgresServer server;
    private final DnsScript dns = new DnsScript();
    private final AtomicInteger supplied = new AtomicInteger();

    SwitchedOffTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void noThreadsOfEarlierTests() {
        Await.until("no thread of ours", Duration.ofSeconds(5), () -> threads().isEmpty());
    }

    private static List<String> threads() {
        return ThreadCensus.named("penstock-").stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("penstock-resolver"))
                .toList();
    }

    @SuppressWarnings("try") // a property is set for the length of the block
    private PenstockConnector off(By by, String url, Properties properties) {
        PenstockConfig.Builder config = PenstockConfig.builder()
                .connect(connect -> connect.resolver(dns::resolve).credentials(() -> {
                    supplied.incrementAndGet();
                    throw new SQLException("not to be asked");
                }));
        PenstockConnector.Builder builder = PenstockConnector.builder(
                        by == By.URL ? url + "?penstock.enabled=false" : url)
                .properties(properties);
        if (by == By.BUILDER) {
            config.enabled(false);
        } else if (by == By.PROPERTY) {
            builder.property("penstock.enabled", "false");
        }
        if (by != By.SYSTEM_PROPERTY) {
            return builder.config(config.build()).build();
        }
        try (SystemProperty set = new SystemProperty("penstock.enabled", "false")) {
            return builder.config(config.build()).build();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thenItIsThePlainDriverAndNothingOfOurs(By by) throws SQLException {
        PenstockConnector connector = off(by, server.jdbcUrl(), Connectors.login(server));
        assertThat(connector.config().enabled()).isFalse();

        try (Connection connection = connector.getConnection();
                Connection plain = DriverManager.getConnection(server.jdbcUrl(), server.credentials())) {
            assertThat(connection.getClass()).isEqualTo(plain.getClass());
            assertThat(Connectors.ask(connection, "select 1")).isEqualTo("1");
            assertThat(connection.getMetaData().getURL()).startsWith(server.jdbcUrl());
        }
        try (Connection connection = connector.getConnection(server.user(), server.password())) {
            assertThat(Connectors.ask(connection, "select current_user")).isEqualTo(server.user());
        }
        assertThat(threads()).isEmpty();
        assertThat(dns.calls()).isZero();
        assertThat(supplied).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void itsExceptionsAreTheDrivers(By by) {
        String nobody = server.jdbcUrl("127.0.0.1", Loopback.freePort());
        PenstockConnector connector = off(by, nobody, Connectors.login(server));

        SQLException failure =
                Objects.requireNonNull(catchThrowableOfType(SQLException.class, connector::getConnection));
        SQLException plain = Objects.requireNonNull(catchThrowableOfType(
                SQLException.class, () -> DriverManager.getConnection(nobody, server.credentials())));

        assertThat(failure instanceof ConnectFailure).isFalse();
        assertThat(failure.getClass()).isEqualTo(plain.getClass());
        assertThat(failure.getMessage()).isEqualTo(plain.getMessage());
        assertThat(failure.getSQLState()).isEqualTo(plain.getSQLState());
    }

    @Test
    @SuppressWarnings("try") // a property is set for the length of the block
    void theSystemPropertySwitchesItOnAgainToo() {
        try (SystemProperty set = new SystemProperty("penstock.enabled", "true")) {
            PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl() + "?penstock.enabled=false")
                    .build();

            assertThat(connector.config().enabled()).isTrue();
        }
    }

    @Test
    void theStartUpLineSaysSo() {
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            PenstockConnector connector = off(By.SYSTEM_PROPERTY, server.jdbcUrl(), Connectors.login(server));

            assertThat(connector.config().enabled()).isFalse();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("enabled=false (system property penstock.enabled)");
        }
    }
}
