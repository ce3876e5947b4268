package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.actuate.ActuatorApp.Answer;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A secret is put wherever one can stand, and looked for in every answer of every operation. */
@WithPostgres
class ActuatorSecretsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "Zebra-7-Canary";

    private final PostgresServer server;
    private final List<String> answers = new ArrayList<>();

    ActuatorSecretsTest(PostgresServer server) throws SQLException {
        this.server = server;
        server.execute(
                "do $$ begin create role canary login; exception when duplicate_object then null; end $$",
                "alter role canary password '" + SECRET + "'");
    }

    private void askEverything(ActuatorApp app) {
        for (String path : List.of("penstock", "penstock/dataSource", "penstock/none", "health", "health/penstock")) {
            answers.add(app.get(path).text());
        }
        for (Action action : Action.values()) {
            String more = action == Action.RESIZE ? ", \"size\": 5" : "";
            Answer answer = app.post("penstock/dataSource", "{\"action\": \"" + action.text() + "\"" + more + "}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            answers.add(answer.text());
        }
    }

    /** With a question: the pool does not look at a connection that was lent a moment ago before it lends it again. */
    private static boolean serves(ActuatorApp app) {
        try (Connection connection = app.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    @Test
    void noOperationTellsOne() throws SQLException {
        try (FaultProxy proxy = FaultProxy.to(server.address());
                FakePostgres quoting =
                        FakePostgres.start(PgScript.error("57P03", "starting up, was sent password=" + SECRET));
                FaultProxy second = FaultProxy.to(new InetSocketAddress(Loopback.address(1), quoting.port()));
                ActuatorApp app = ActuatorApp.over(
                        "jdbc:postgresql://127.0.0.1:" + proxy.port() + ",127.0.0.1:" + second.port() + "/"
                                + server.database() + "?user=canary&password=" + SECRET + "&sslpassword=" + SECRET
                                + "&sslmode=disable",
                        server,
                        "management.endpoint.penstock.access=unrestricted",
                        "spring.datasource.hikari.data-source-properties.socketFactoryArg=" + SECRET,
                        "spring.datasource.hikari.minimum-idle=1",
                        "spring.datasource.hikari.connection-timeout=4000",
                        "penstock.breaker.failures=1",
                        "penstock.leases.show-sql=true",
                        "penstock.leases.stacks-per-second=1000",
                        "penstock.session.statement-timeout=30s");
                Connection onLoan = app.dataSource().getConnection();
                PreparedStatement statement = onLoan.prepareStatement("select '" + SECRET + "', ?")) {
            statement.setString(1, SECRET);
            assertThat(statement.execute()).isTrue();
            askEverything(app);

            second.behave(Behaviour.refuse());
            proxy.behave(Behaviour.refuse());
            proxy.resetOpen();
            app.control().evictAll();
            // one that was under way may still come
            Await.until("nobody is served", PATIENCE, () -> !serves(app));
            Await.until("the outage", PATIENCE, () -> app.control().outage().isPresent());
            askEverything(app);
        }

        assertThat(answers).hasSize(2 * (5 + Action.values().length));
        assertThat(answers).as("the server's text is there").anyMatch(text -> text.contains("was sent password=***"));
        assertThat(answers).noneMatch(text -> text.contains(SECRET));
    }
}
