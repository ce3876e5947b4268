package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockPool;
import dev.penstock.spring.actuate.ActuatorApp.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The health of a pool in good and in bad days, over HTTP. */
@WithPostgres
@Tag("once") // it takes its time, and shows the same on every JDK
class HealthTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ONE_FAILURE = "penstock.breaker.failures=1";
    private static final String SHORT = "spring.datasource.hikari.connection-timeout=4000";
    private static final String KEEPS_ONE = "spring.datasource.hikari.minimum-idle=1";
    private static final String KEEPS_NONE = "spring.datasource.hikari.minimum-idle=0";

    private final PostgresServer server;
    private final FaultProxy proxy;
    private final List<Connection> held = new ArrayList<>();

    HealthTest(PostgresServer server) {
        this.server = server;
        this.proxy = FaultProxy.to(server.address());
    }

    @AfterEach
    void close() throws SQLException {
        for (Connection connection : held) {
            connection.close();
        }
        proxy.close();
    }

    private ActuatorApp app(String... properties) {
        return ActuatorApp.over(server.jdbcUrl("127.0.0.1", proxy.port()), server, properties);
    }

    private void borrow(ActuatorApp app) throws SQLException {
        held.add(app.dataSource().getConnection());
    }

    private static JsonNode health(ActuatorApp app) {
        return app.get("health/penstock/dataSource").json();
    }

    private static String status(ActuatorApp app) {
        return health(app).at("/status").asString();
    }

    private static void awaitStatus(ActuatorApp app, String status) {
        Await.until(status, PATIENCE, () -> status(app).equals(status));
    }

    /** HikariCP would lend what it has lent half a second ago, whatever has become of it. */
    private void outage(ActuatorApp app) {
        proxy.behave(Behaviour.refuse());
        proxy.resetOpen();
        app.control().evictAll();
    }

    @Test
    void aPoolThatIsWellIsUpAndTellsItsNumbers() throws SQLException {
        try (ActuatorApp app = app(KEEPS_NONE)) {
            borrow(app);
            JsonNode health = health(app);
            assertThat(health.at("/status").asString()).isEqualTo("UP");
            assertThat(health.at("/details/degraded").isMissingNode()).isTrue();
            assertThat(health.at("/details/breaker").asString()).isEqualTo("CLOSED");
            assertThat(health.at("/details/connections/active").asInt()).isEqualTo(1);
            assertThat(app.get("health")
                            .json()
                            .at("/components/penstock/components/dataSource/status")
                            .asString())
                    .isEqualTo("UP");
        }
    }

    @Test
    void itIsDownWhenItHasNoConnectionAndNoneCanBeMadeAndComesBackByItself() throws SQLException {
        try (ActuatorApp app = app(KEEPS_ONE, SHORT, ONE_FAILURE)) {
            app.dataSource().getConnection().close();
            outage(app);
            assertThatThrownBy(() -> app.dataSource().getConnection()).isInstanceOf(SQLException.class);

            awaitStatus(app, "DOWN");
            Answer down = app.get("health/penstock/dataSource");
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.json().at("/details/reasons/0").asString())
                    .startsWith("no connection can be made, for ")
                    .endsWith("the pool has none");

            proxy.behave(Behaviour.pass());
            awaitStatus(app, "UP");
            assertThat(health(app).at("/details/degraded").isMissingNode()).isTrue();
        }
    }

    /** In the outage that this library comes from some connections answered in 3 ms. */
    @Test
    void asLongAsItHasConnectionsItIsUpAndDegraded() throws SQLException {
        try (ActuatorApp app = app(KEEPS_NONE, SHORT, ONE_FAILURE)) {
            borrow(app);
            proxy.behave(Behaviour.refuse());
            assertThatThrownBy(() -> app.dataSource().getConnection()).isInstanceOf(SQLException.class);
            Await.until("the breaker", PATIENCE, () -> app.control().outage().isPresent());

            Answer answer = app.get("health/penstock/dataSource");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/status").asString()).isEqualTo("UP");
            assertThat(answer.json().at("/details/degraded/0").asString())
                    .startsWith("no connection c")
                    .contains("1 that the pool has is lent as before");
        }
    }

    /** Nobody keeps connections ready, nobody wants one: nobody would ever find out that the server is back. */
    @Test
    void anEmptyPoolThatNobodyAsksDoesNotStayDown() throws SQLException {
        try (ActuatorApp app = app(KEEPS_NONE, SHORT, ONE_FAILURE)) {
            app.dataSource().getConnection().close();
            outage(app);
            assertThatThrownBy(() -> app.dataSource().getConnection()).isInstanceOf(SQLException.class);
            proxy.behave(Behaviour.pass());

            awaitStatus(app, "UP");
            app.dataSource().getConnection().close();
            assertThat(status(app)).isEqualTo("UP");
        }
    }

    @Test
    void aPoolThatIsBusyIsUp() throws Exception {
        try (ActuatorApp app = app("spring.datasource.hikari.maximum-pool-size=1")) {
            borrow(app);
            Thread waiting = new Thread(() -> {
                try {
                    app.dataSource().getConnection().close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            waiting.start();
            Await.until(
                    "it waits",
                    PATIENCE,
                    () -> app.control().pool().orElseThrow().waiting() == 1);

            JsonNode health = health(app);
            assertThat(health.at("/status").asString()).isEqualTo("UP");
            assertThat(health.at("/details/degraded/0").asString())
                    .isEqualTo("1 caller waits for a connection; 1 of at most 1 are on loan");

            held.remove(0).close();
            waiting.join();
        }
    }

    @Test
    void aSuspectedLeakIsSaid() throws Exception {
        try (ActuatorApp app = app("penstock.leases.suspect-after=100ms", KEEPS_NONE)) {
            Thread leaky = new Thread(() -> {
                try {
                    borrow(app);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            leaky.start();
            leaky.join();

            Await.until(
                    "it is suspected",
                    PATIENCE,
                    () -> health(app)
                            .at("/details/degraded/0")
                            .asString("")
                            .startsWith("1 connection on loan looks leaked"));
            assertThat(status(app)).isEqualTo("UP");
            JsonNode lease = app.get("penstock/dataSource").json().at("/leases/0");
            assertThat(lease.at("/verdict").asString()).isEqualTo("LEAKED_OWNER_DEAD");
            assertThat(lease.at("/threadAlive").asBoolean(true)).isFalse();
        }
    }

    @Test
    void whoWantsItHasAStatusOfItsOwnAndTheWholeApplicationHasIt() throws SQLException {
        try (ActuatorApp app = app("penstock.health.degraded-status=true", KEEPS_NONE)) {
            borrow(app);
            app.control().forceBreakerOpen();

            Answer answer = app.get("health/penstock/dataSource");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/status").asString()).isEqualTo("DEGRADED");
            Answer whole = app.get("health");
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.json().at("/status").asString()).isEqualTo("DEGRADED");

            app.control().suspend();
            assertThat(app.get("health").status()).as("Boot's own mapping").isEqualTo(503);
        }
    }

    @Test
    void withinAGroupAPoolCanBeNamed() {
        try (ActuatorApp app =
                app("management.endpoint.health.group.readiness.include=readinessState,penstock/dataSource")) {
            app.control().suspend();
            assertThat(app.get("health/readiness").status()).isEqualTo(503);
            assertThat(app.get("health/liveness").status()).isNotEqualTo(503);
        }
    }

    @Test
    void whatIsGoneIsNotAskedFor() {
        try (ActuatorApp app = app()) {
            PenstockPool pool = app.pools().require("dataSource");
            app.pools().remove(pool);
            assertThat(app.get("health/penstock/dataSource").status()).isEqualTo(404);
            assertThat(app.get("health").json().at("/components/penstock").isMissingNode())
                    .isTrue();
            app.pools().add(pool);
            assertThat(status(app)).isEqualTo("UP");
        }
    }
}
