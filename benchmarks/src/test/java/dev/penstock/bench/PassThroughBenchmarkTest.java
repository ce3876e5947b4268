package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.infra.Blackhole;

/** None of the calls goes to the server. */
@WithPostgres
class PassThroughBenchmarkTest {
    private final PostgresServer server;
    private final Blackhole hole = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

    PassThroughBenchmarkTest(PostgresServer server) {
        this.server = server;
    }

    @ParameterizedTest
    @EnumSource(names = {"HIKARI", "PENSTOCK", "PENSTOCK_ALL"})
    void nothingIsSent(Side side) throws Exception {
        PassThroughBenchmark benchmark = new PassThroughBenchmark();
        benchmark.side = side;
        try (FaultProxy proxy = FaultProxy.to(server.address())) {
            String url = server.jdbcUrl(proxy.address().getHostAddress(), proxy.port());
            BenchServer.use(new Target(url, server.user(), server.password()));
            benchmark.start();
            benchmark.borrow();
            long sent = proxy.bytesFromClient();
            for (int i = 0; i < 10; i++) {
                benchmark.createStatement(hole);
                benchmark.prepareStatement(hole);
                benchmark.setAutoCommit();
                assertThat(benchmark.executeNothing()).isEmpty();
            }
            assertThat(proxy.bytesFromClient()).isEqualTo(sent).isPositive();
            benchmark.giveBack();
            benchmark.stop();
        }
    }
}
