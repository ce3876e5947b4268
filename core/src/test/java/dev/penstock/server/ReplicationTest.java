package dev.penstock.server;

import static dev.penstock.server.Sessions.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConnector;
import dev.penstock.PoolerMode;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Replication connections take statements of few kinds, or none: nothing is said on them. */
@WithPostgres
@NoLeftovers
class ReplicationTest {
    private final Told told = new Told();

    @Test
    void nothingIsSetOnThem(PostgresServer server) throws SQLException {
        try (PenstockConnector connector = Sessions.to(server, Sessions.config(told, Sessions::all))
                        .property("replication", "database")
                        .property("preferQueryMode", "simple")
                        .property("assumeMinServerVersion", "9.4")
                        .build();
                Connection first = connector.getConnection();
                Connection second = connector.getConnection()) {
            for (Connection connection : new Connection[] {first, second}) {
                assertThat(only(connection, "IDENTIFY_SYSTEM")).matches("\\d+");
                assertThat(only(connection, "SHOW statement_timeout")).isEqualTo("0");
            }
            assertThat(told.await(1)).singleElement().satisfies(known -> {
                assertThat(known.pooler()).isEqualTo(PoolerMode.AUTO);
                assertThat(known.reason()).contains("replication connections");
            });
        }
    }
}
