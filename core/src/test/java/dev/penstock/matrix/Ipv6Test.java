package dev.penstock.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that listens on ::1. */
@Tag("ipv6")
@NoLeftovers
class Ipv6Test {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.builder().listenAddresses("127.0.0.1,::1").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String addressOfTheServer(PenstockConnector connector) throws SQLException {
        try (Connection connection = connector.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT host(inet_server_addr())")) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void aLiteralInTheUrl() throws SQLException {
        try (PenstockConnector connector = Connectors.to(server, "[::1]", server.port())
                .config(Connectors.within(DEADLINE))
                .build()) {
            assertThat(addressOfTheServer(connector)).isEqualTo("::1");
        }
    }

    @Test
    void aNameWithBothFamilies() throws SQLException {
        Recorder recorder = new Recorder();
        DnsScript names = new DnsScript()
                .answer(Connectors.NAME, Loopback.v6(Connectors.NAME), Loopback.address(Connectors.NAME, 1));
        try (PenstockConnector connector = Connectors.to(server, Connectors.NAME, server.port())
                .config(Connectors.with(names, DEADLINE, recorder))
                .build()) {
            assertThat(addressOfTheServer(connector)).isEqualTo("::1");
            assertThat(recorder.lastSuccess().address()).isEqualTo("[0:0:0:0:0:0:0:1]:" + server.port());
        }
    }

    @Test
    void nobodyThere() {
        int port = Loopback.freePort();
        try (PenstockConnector connector = Connectors.to(server, "[::1]", port)
                .config(Connectors.within(DEADLINE))
                .build()) {
            Failure.of(connector)
                    .is(ConnectOutcome.UNREACHABLE, ConnectPhase.TCP)
                    .hasStateOfPhase()
                    .names("[::1]:" + port)
                    .before(DEADLINE);
        }
    }
}
