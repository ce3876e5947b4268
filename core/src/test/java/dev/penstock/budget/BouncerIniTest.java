package dev.penstock.budget;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Whether a real PgBouncer takes the file that is proposed. */
@WithPostgres
@NeedsPgBouncer
class BouncerIniTest {
    /** 120 x 5 = 600 clients, 80 of 100 connections: 40 for each of two instances. */
    private static final Plan PLAN = Plan.of(ServerLimits.of(100).withReserved(0, 0))
            .and(Service.of("web", 120, 5).withRollout(Rollout.IN_PLACE));

    private static final String COMPLAINT = "unrecognized|unknown|syntax|ERROR|FATAL";

    @Test
    void pgBouncerReadsEveryLineOfIt(PostgresServer server) throws SQLException {
        BouncerProposal proposal =
                requireNonNull(Recommendation.of(PLAN, Sharing.EQUAL).proposal());
        String ini = proposal.ini(new BouncerIni.Target(server.host(), server.port()));

        try (PgBouncer bouncer = PgBouncer.inFrontOf(server).start((port, users) -> onThisMachine(ini, port, users))) {
            try (Connection connection = bouncer.connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("show max_connections")) {
                assertThat(row.next()).isTrue();
            }
            try (PenstockConnector connector = PenstockConnector.builder(bouncer.jdbcUrl())
                            .properties(bouncer.credentials())
                            .build();
                    Connection connection = connector.getConnection();
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 10; i++) { // more than prepareThreshold
                    statement.execute("select 1");
                }
            }
            assertThat(bouncer.logTail()).contains("listening on").doesNotContainPattern(COMPLAINT);
        }
    }

    /** So the log is the place to look at. */
    @Test
    void pgBouncerComplainsOfWhatItDoesNotKnow(PostgresServer server) {
        String ini = """
                [databases]
                * = host=127.0.0.1
                [pgbouncer]
                listen_addr = *
                listen_port = 6432
                auth_file = /etc/pgbouncer/userlist.txt
                pool_modus = transaction
                """;

        assertThatThrownBy(() -> {
                    try (PgBouncer bouncer =
                            PgBouncer.inFrontOf(server).start((port, users) -> onThisMachine(ini, port, users))) {
                        throw new IllegalStateException("it has started, and logs " + bouncer.logTail());
                    }
                })
                .hasMessageMatching("(?s).*(" + COMPLAINT + ").*");
    }

    /** Where it listens and whom it knows are other than proposed. */
    private static String onThisMachine(String ini, int port, String users) {
        return replaced(
                        replaced(
                                replaced(ini, "listen_addr = *", "listen_addr = 127.0.0.1"),
                                "listen_port = 6432",
                                "listen_port = " + port),
                        "/etc/pgbouncer/userlist.txt",
                        users)
                + "unix_socket_dir =\n";
    }

    private static String replaced(String text, String what, String by) {
        assertThat(text).contains(what);
        return text.replace(what, by);
    }
}
