package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that reads no more: whoever writes is stuck in the write. */
@WithPostgres(tls = true)
@NoLeftovers
class BlockedWriteTest {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration GRACE = Duration.ofMillis(400);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PostgresServer server;

    BlockedWriteTest(PostgresServer server) {
        this.server = server;
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void itIsFreedAndSaysWhy(boolean tls) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                LimitedPool pool = pool(tls, proxy)) {
            Connection connection = pool.dataSource().getConnection();
            proxy.stallOpen();

            assertThat(LimitedPool.ending(() -> write(connection))).isEqualTo("08006 STATEMENT");
            connection.close();
            assertThat(Pools.ask(pool.dataSource(), "select 1")).isEqualTo("1");
            Await.until("it is told", SOON, () -> !pool.enforced().isEmpty());
            assertThat(pool.enforced())
                    .singleElement()
                    .satisfies(event -> assertThat(event.by()).isEqualTo(Enforcement.ABORTED));
        }
    }

    private LimitedPool pool(boolean tls, FaultProxy proxy) {
        String url = server.jdbcUrl("127.0.0.1", proxy.port());
        return tls
                ? LimitedPool.tls(
                        server,
                        url,
                        1,
                        session -> session.statementTimeout(LIMIT).grace(GRACE))
                : LimitedPool.plain(
                        server,
                        url,
                        1,
                        session -> session.statementTimeout(LIMIT).grace(GRACE));
    }

    /** More than the kernels take in on the way. */
    private static void write(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select length(?)")) {
            statement.setBytes(1, new byte[10_000_000]);
            statement.execute();
        }
    }
}
