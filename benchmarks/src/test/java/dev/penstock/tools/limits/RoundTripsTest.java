package dev.penstock.tools.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WithPostgres
class RoundTripsTest {
    private final PostgresServer server;
    private final Target target;

    RoundTripsTest(PostgresServer server) {
        this.server = server;
        this.target = new Target(server.jdbcUrl(), server.user(), server.password());
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void bothSidesMeasureWhatOneRoundTripTakes(Work work) throws SQLException {
        try (RoundTrips trips = RoundTrips.open(target, new Properties(), false, new RoundTrips.Load(work, 3, 0))) {
            assertThat(trips.plain()).isPositive();
            assertThat(trips.penstock()).isPositive();
        }
    }

    @Test
    void bothSidesConnectAnewAfterSomePairs() throws SQLException {
        try (RoundTrips trips =
                        RoundTrips.open(target, new Properties(), true, new RoundTrips.Load(Work.PREPARED, 1, 2));
                Connection admin = server.connect()) {
            Await.until(
                    "two sessions",
                    Duration.ofSeconds(10),
                    () -> backends(admin).size() == 2);
            Set<Integer> first = backends(admin);
            for (int pair = 0; pair < 3; pair++) {
                assertThat(backends(admin)).isEqualTo(first).hasSize(2);
                assertThat(trips.plain() + trips.penstock()).isPositive();
            }
            Await.until("new sessions alone", Duration.ofSeconds(10), () -> {
                Set<Integer> now = backends(admin);
                return now.size() == 2 && Collections.disjoint(now, first);
            });
        }
    }

    private static Set<Integer> backends(Connection admin) {
        Set<Integer> pids = new HashSet<>();
        try (Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery("select pid from pg_stat_activity"
                        + " where backend_type = 'client backend' and pid <> pg_backend_pid()")) {
            while (rows.next()) {
                pids.add(rows.getInt(1));
            }
            return pids;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPlainSideThatHasLimitsOfItsOwnIsNotMeasured() throws SQLException {
        server.execute("create role limited login password 'x'", "alter role limited set statement_timeout = '1h'");
        try {
            Target limited = new Target(server.jdbcUrl(), "limited", "x");

            assertThatThrownBy(() ->
                            RoundTrips.open(limited, new Properties(), false, new RoundTrips.Load(Work.PREPARED, 1, 0)))
                    .hasMessageContaining("the plain one none")
                    .hasMessageEndingWith(" and [statement_timeout]");
        } finally {
            server.execute("drop role limited");
        }
    }
}
