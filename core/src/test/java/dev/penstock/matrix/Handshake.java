package dev.penstock.matrix;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;

/** How much a server says until a session is usable. */
final class Handshake {
    private static final Duration PLENTY = Duration.ofSeconds(20);

    private Handshake() {}

    /** Bytes of the server's answers in a healthy connect; in TLS they vary by a few, with the signature's length. */
    static int length(PostgresServer server, Mode mode) throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                PenstockConnector connector = Connectors.through(proxy, server, mode, PLENTY);
                Connection connection = connector.getConnection()) {
            long length = proxy.bytesFromServer();
            if (!connection.isValid(5)) {
                throw new IllegalStateException("the session that was measured is not usable");
            }
            return Math.toIntExact(length);
        }
    }

    /** 0, {@code step}, twice {@code step} … below {@code length}. */
    static int[] offsets(int length, int step) {
        return IntStream.iterate(0, offset -> offset < length, offset -> offset + step)
                .toArray();
    }
}
