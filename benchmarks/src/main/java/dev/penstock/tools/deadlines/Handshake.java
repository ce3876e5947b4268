package dev.penstock.tools.deadlines;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How many bytes the server sends until a session is usable, measured by one healthy connect each. These connects
 * also warm the JVM up a little.
 *
 * @param plain in plain text
 * @param tls with TLS, its records included
 */
record Handshake(int plain, int tls) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Signatures differ in length by a few bytes: offsets stay this far away from the end. */
    private static final int MARGIN = 16;

    static Handshake measure(PostgresServer server) throws Exception {
        return new Handshake(length(new Stage(server)), length(new Stage(server).verifyFull()));
    }

    private static int length(Stage stage) throws Exception {
        try (stage) {
            FaultProxy proxy = stage.keep(FaultProxy.to(stage.server().address()));
            return length(stage.to(proxy.socketAddress()).connector(PATIENCE), proxy);
        }
    }

    private static int length(PenstockConnector connector, FaultProxy proxy) throws SQLException {
        try (Connection connection = connector.getConnection()) {
            return connection.isClosed() ? 0 : (int) proxy.bytesFromServer();
        }
    }

    /** Every {@code step}th byte of a handshake, the 0th included, the last ones not. */
    static IntStream offsets(int length, int step) {
        return IntStream.iterate(0, offset -> offset < length - MARGIN, offset -> offset + step);
    }
}
