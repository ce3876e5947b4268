package dev.penstock.server;

import static dev.penstock.server.Sessions.limits;
import static dev.penstock.server.Sessions.only;
import static dev.penstock.server.Sessions.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LimitsInForce;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What sessions have, on every major. */
class EffectiveLimitsTest {

    @NoLeftovers
    abstract static class Limits {
        private final Told told = new Told();
        private final PenstockConfig config = Sessions.config(told, Sessions::all);
        private PostgresServer server;

        @BeforeEach
        void use(PostgresServer running) {
            server = running;
        }

        private boolean knows(SessionLimit limit) {
            return limit.isKnownTo(server.major() * 10_000);
        }

        private Map<String, String> expected(String source) {
            Map<String, String> expected = new TreeMap<>();
            config.session().timeouts();
            for (SessionLimit limit : SessionLimit.values()) {
                Duration value = config.session().timeouts().get(limit);
                if (value != null && knows(limit)) {
                    expected.put(limit.serverSetting(), value.toMillis() + " " + source);
                }
            }
            return expected;
        }

        @Test
        void everySessionHasThem() throws SQLException {
            try (PenstockConnector connector = Sessions.to(server, config).build();
                    Connection first = connector.getConnection();
                    Connection second = connector.getConnection();
                    Connection third = connector.getConnection()) {
                assertThat(limits(first)).containsAllEntriesOf(expected("session"));
                assertThat(limits(second)).containsAllEntriesOf(expected("client"));
                assertThat(limits(third)).containsAllEntriesOf(expected("client"));
                tells(connector);
            }
        }

        private void tells(PenstockConnector connector) {
            boolean complete = knows(SessionLimit.TRANSACTION);
            assertThat(connector.control().limitsInForce()).singleElement().satisfies(known -> {
                assertThat(known.server()).isEqualTo("127.0.0.1:" + server.port());
                assertThat(known.versionNum() / 10_000).isEqualTo(server.major());
                assertThat(known.pooler()).isEqualTo(PoolerMode.NONE);
                assertThat(known.complete()).isEqualTo(complete);
                assertThat(known.limits())
                        .hasSize(SessionLimit.values().length)
                        .filteredOn(limit -> !limit.inForce())
                        .extracting(LimitsInForce.Limit::which)
                        .containsExactly(
                                complete ? new SessionLimit[0] : new SessionLimit[] {SessionLimit.TRANSACTION});
            });
            assertThat(connector.control().sessionsNotInForce()).isEqualTo(complete ? 0 : 3);
            told.await(complete ? 0 : 1);
            assertThat(told.reasons())
                    .hasSize(complete ? 0 : 1)
                    .allMatch(reason -> reason.matches("version \\d+ does not know transaction_timeout; .*"));
        }

        @Test
        void theySurviveWhatWipesSettings() throws SQLException {
            try (PenstockConnector connector = Sessions.to(server, config).build();
                    Connection first = connector.getConnection();
                    Connection later = connector.getConnection()) {
                run(later, "reset all");
                assertThat(limits(later)).containsAllEntriesOf(expected("client"));
                run(later, "discard all");
                assertThat(limits(later)).containsAllEntriesOf(expected("client"));
                run(first, "reset all");
                assertThat(limits(first))
                        .as("what docs/timeouts.md says of it")
                        .containsEntry("lock_timeout", "0 default");
            }
        }

        @Test
        void whatIsNotSetStaysAsItIs() throws SQLException {
            PenstockConfig one = Sessions.config(told, s -> s.lockTimeout(Duration.ofSeconds(5)));
            try (PenstockConnector connector = Sessions.to(server, one).build();
                    Connection first = connector.getConnection();
                    Connection second = connector.getConnection()) {
                assertThat(limits(first))
                        .containsEntry("lock_timeout", "5000 session")
                        .containsEntry("statement_timeout", "0 default");
                assertThat(limits(second))
                        .containsEntry("lock_timeout", "5000 client")
                        .containsEntry("statement_timeout", "0 default");
                assertThat(told.soFar()).isEmpty();
            }
        }

        @Test
        void zeroIsNoLimitWhateverTheRoleHas() throws SQLException {
            server.execute(
                    "create role limited login superuser password 'pw'",
                    "alter role limited set statement_timeout = '9s'");
            try (PenstockConnector connector = Sessions.to(
                                    server, Sessions.config(told, s -> s.statementTimeout(Duration.ZERO)))
                            .user("limited")
                            .password("pw")
                            .build();
                    Connection first = connector.getConnection();
                    Connection second = connector.getConnection()) {
                assertThat(limits(first)).containsEntry("statement_timeout", "0 session");
                assertThat(limits(second)).containsEntry("statement_timeout", "0 client");
            } finally {
                server.execute("drop role limited");
            }
        }

        @Test
        void theServerLooksForItsClientIfAskedTo() throws SQLException {
            PenstockConfig checking =
                    Sessions.config(told, s -> s.clientConnectionCheckInterval(Duration.ofMillis(500)));
            try (PenstockConnector connector = Sessions.to(server, checking).build();
                    Connection first = connector.getConnection();
                    Connection second = connector.getConnection()) {
                assertThat(only(first, "show client_connection_check_interval")).isEqualTo("500ms");
                assertThat(only(second, "show client_connection_check_interval"))
                        .isEqualTo("500ms");
                assertThat(told.soFar()).isEmpty();
            }
        }
    }

    @Nested
    @Tag("once")
    @Tag("postgres-14")
    @WithPostgres(major = 14)
    class Postgres14 extends Limits {}

    @Nested
    @Tag("once")
    @Tag("postgres-15")
    @WithPostgres(major = 15)
    class Postgres15 extends Limits {}

    @Nested
    @Tag("once")
    @Tag("postgres-16")
    @WithPostgres(major = 16)
    class Postgres16 extends Limits {}

    @Nested
    @WithPostgres
    class Postgres17 extends Limits {}

    @Nested
    @Tag("postgres-18")
    @WithPostgres(major = 18)
    class Postgres18 extends Limits {}
}
