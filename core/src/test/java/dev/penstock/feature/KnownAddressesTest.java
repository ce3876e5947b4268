package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.penstock.KnownAddress;
import dev.penstock.KnownAddress.Memory;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a connector tells of the addresses that it has to do with. */
@WithPostgres
@NoLeftovers
class KnownAddressesTest {
    private static final List<InetAddress> THREE = Loopback.addresses(60, 62);

    private final int port = Loopback.freePort();
    private final DnsScript names = new DnsScript().answer(Connectors.NAME, THREE);
    private final PostgresServer server;

    KnownAddressesTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeAll
    static void haveThreeAddresses() {
        assumeThat(Loopback.missing(THREE)).isEmpty();
    }

    private PenstockConnector connector() {
        String url = "jdbc:postgresql://" + Connectors.NAME + ":" + port + "/" + server.database();
        return Connectors.over(url, Connectors.login(server), names);
    }

    private String text(int address) {
        return THREE.get(address).getHostAddress() + ":" + port;
    }

    @Test
    void theyComeInTheOrderInWhichTheyWouldBeTriedNow() throws SQLException {
        try (PenstockConnector connector = connector();
                FaultProxy second = FaultProxy.at(THREE.get(1), port, server.address())) {
            assertThat(connector.control().addresses()).isEmpty();
            try (Connection connection = connector.getConnection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(second.accepted()).isEqualTo(1);

            List<KnownAddress> known = connector.control().addresses();
            assertThat(known).extracting(KnownAddress::address).containsExactly(text(1), text(2), text(0));
            assertThat(known)
                    .extracting(KnownAddress::memory)
                    .containsExactly(Memory.WORKED, Memory.UNKNOWN, Memory.FAILED);
            assertThat(known).extracting(KnownAddress::penalty).containsExactly(0.0, 0.0, 1.0);
            assertThat(known.get(0).age()).isPositive();
            assertThat(known.get(1).age()).isNull();
            assertThat(known).allMatch(one -> one.host().equals(Connectors.NAME + ":" + port));
            assertThat(names.calls()).isEqualTo(1);
        }
    }

    /** Its host is an address: there is nothing to resolve, and something to remember. */
    @Test
    void anAddressInTheUrlIsOneToo() throws SQLException {
        try (PenstockConnector connector = Connectors.over(server.jdbcUrl(), Connectors.login(server))) {
            connector.getConnection().close();

            assertThat(connector.control().addresses()).singleElement().satisfies(one -> {
                assertThat(one.memory()).isEqualTo(Memory.WORKED);
                assertThat(one.describe()).matches("\\S+:\\d+ at \\S+:\\d+: WORKED \\d+ s ago");
            });
        }
    }

    @Test
    void whilePenstockIsOffThereAreNone() throws SQLException {
        try (PenstockConnector connector = PenstockConnector.builder(server.jdbcUrl())
                .properties(Connectors.login(server))
                .config(PenstockConfig.builder().enabled(false).build())
                .build()) {
            connector.getConnection().close();
            assertThat(connector.control().addresses()).isEmpty();
        }
    }
}
