package dev.penstock.tools.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import java.sql.SQLException;
import java.util.Properties;
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
        try (RoundTrips trips = RoundTrips.open(target, new Properties(), false, work, 3)) {
            assertThat(trips.plain()).isPositive();
            assertThat(trips.penstock()).isPositive();
        }
    }

    @Test
    void aPlainSideThatHasLimitsOfItsOwnIsNotMeasured() throws SQLException {
        server.execute("create role limited login password 'x'", "alter role limited set statement_timeout = '1h'");
        try {
            Target limited = new Target(server.jdbcUrl(), "limited", "x");

            assertThatThrownBy(() -> RoundTrips.open(limited, new Properties(), false, Work.PREPARED, 1))
                    .hasMessageContaining("the plain one none")
                    .hasMessageEndingWith(" and [statement_timeout]");
        } finally {
            server.execute("drop role limited");
        }
    }
}
