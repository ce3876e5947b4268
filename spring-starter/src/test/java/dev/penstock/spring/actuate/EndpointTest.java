package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockConfigCustomizer;
import dev.penstock.spring.actuate.ActuatorApp.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** The endpoint over HTTP, as an operator meets it. */
@WithPostgres
@Tag("once") // it takes its time, and shows the same on every JDK
class EndpointTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WRITES = "management.endpoint.penstock.access=unrestricted";

    private final PostgresServer server;
    private final FaultProxy proxy;

    EndpointTest(PostgresServer server) {
        this.server = server;
        this.proxy = FaultProxy.to(server.address());
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private ActuatorApp app(String... properties) {
        return ActuatorApp.over(server.jdbcUrl("127.0.0.1", proxy.port()), server, properties);
    }

    private static void start(ActuatorApp app) throws SQLException {
        app.dataSource().getConnection().close();
    }

    private static String action(String name) {
        return "{\"action\": \"" + name + "\"}";
    }

    // ---- reads ----------------------------------------------------------------------------------

    @Test
    void whatHasNotStartedIsToldAndStaysSo() {
        try (ActuatorApp app = app()) {
            assertThat(app.get("penstock").json().at("/pools/0/connections/max").asInt())
                    .isZero();
            assertThat(app.get("penstock/dataSource").json().at("/addresses").size())
                    .isZero();
            assertThat(app.get("health/penstock")
                            .json()
                            .at("/components/dataSource/details/connections")
                            .asString())
                    .startsWith("not started");

            assertThat(proxy.accepted()).isZero();
            assertThat(((HikariDataSource) app.dataSource()).isRunning()).isFalse();
        }
    }

    @Test
    void everyPoolInAFewNumbers() throws SQLException {
        try (ActuatorApp app = app("spring.datasource.hikari.pool-name=orders");
                Connection onLoan = app.dataSource().getConnection()) {
            assertThat(onLoan.isValid(5)).isTrue();

            JsonNode pool = app.get("penstock").json().at("/pools/0");

            assertThat(pool.at("/bean").asString()).isEqualTo("dataSource");
            assertThat(pool.at("/name").asString()).isEqualTo("orders");
            assertThat(pool.at("/reach").asString()).isEqualTo("WHOLE");
            assertThat(pool.at("/state").asString()).isEqualTo("FINE");
            assertThat(pool.at("/reasons").size()).isZero();
            assertThat(pool.at("/breaker").asString()).isEqualTo("CLOSED");
            assertThat(pool.at("/connections/active").asInt()).isEqualTo(1);
            assertThat(pool.at("/connections/max").asInt()).isEqualTo(10);
            assertThat(pool.at("/leases/watched").asBoolean()).isTrue();
            assertThat(pool.at("/leases/open").asInt()).isEqualTo(1);
        }
    }

    @Test
    void onePoolAndAllThatIsKnownOfIt() throws SQLException {
        try (ActuatorApp app = app(
                        "penstock.session.statement-timeout=30s",
                        "penstock.leases.stacks-per-second=1000",
                        "penstock.connect.deadline=7s");
                Connection onLoan = app.dataSource().getConnection()) {
            assertThat(onLoan.isValid(5)).isTrue();

            JsonNode pool = app.get("penstock/dataSource").json();

            assertThat(pool.at("/addresses/0/address").asString()).isEqualTo("127.0.0.1:" + proxy.port());
            assertThat(pool.at("/addresses/0/memory").asString()).isEqualTo("WORKED");
            JsonNode lease = pool.at("/leases/0");
            assertThat(lease.at("/thread").asString())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(lease.at("/threadAlive").asBoolean()).isTrue();
            assertThat(Instant.parse(lease.at("/borrowedAt").asString())).isBeforeOrEqualTo(Instant.now());
            assertThat(lease.at("/activity").asString()).isEqualTo("IDLE");
            assertThat(lease.at("/server").asString()).isEqualTo("127.0.0.1:" + proxy.port());
            assertThat(pool.at("/limits/0/limits/0/name").asString()).isEqualTo("statement_timeout");
            assertThat(pool.at("/limits/0/limits/0/effectiveMillis").asLong()).isEqualTo(30_000);
            assertThat(pool.at("/limits/0/complete").asBoolean()).isTrue();
            assertThat(pool.at("/sinceStart/suspected/LIKELY_LEAK").asLong(-1)).isZero();
            assertThat(pool.at("/budget").isMissingNode()).isTrue();
            assertThat(setting(pool, "penstock.connect.deadline").at("/value").asString())
                    .isEqualTo("7s");
            assertThat(setting(pool, "penstock.connect.deadline")
                            .at("/defaultValue")
                            .asString())
                    .isEqualTo("30s");
        }
    }

    private static JsonNode setting(JsonNode pool, String key) {
        for (JsonNode setting : pool.at("/settings")) {
            if (setting.at("/key").asString().equals(key)) {
                return setting;
            }
        }
        throw new AssertionError(key);
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDataSources {
        @Bean
        @Primary
        HikariDataSource dataSource() {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl("jdbc:postgresql://127.0.0.1/app");
            return pool;
        }

        @Bean
        DataSource reports() {
            return DataSourceBuilder.create()
                    .type(HikariDataSource.class)
                    .url("jdbc:h2:mem:reports")
                    .build();
        }
    }

    @Test
    void aPoolThatIsNotThereIsNotFoundAndTheOthersAreNamed() {
        try (ActuatorApp app =
                ActuatorApp.over("jdbc:postgresql://127.0.0.1/app", server, new Class<?>[] {TwoDataSources.class})) {
            assertThat(app.get("penstock").json().at("/leftAlone/reports").asString())
                    .contains("its URL is not one of pgjdbc's");

            Answer unknown = app.get("penstock/orders");
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.json().at("/refused").asString())
                    .isEqualTo("Penstock looks after no DataSource 'orders', only after [dataSource]");
            Answer leftAlone = app.get("penstock/reports");
            assertThat(leftAlone.status()).isEqualTo(404);
            assertThat(leftAlone.json().at("/refused").asString()).contains("'reports': its URL is not");
        }
    }

    // ---- access ---------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"read-only, 200, 405", "unrestricted, 200, 200", "none, 404, 404"})
    void whatIsChangedIsAMatterOfAccess(String access, int reading, int writing) {
        try (ActuatorApp app = app("management.endpoint.penstock.access=" + access)) {
            assertThat(app.get("penstock").status()).isEqualTo(reading);
            assertThat(app.get("penstock/dataSource").status()).isEqualTo(reading);
            assertThat(app.post("penstock/dataSource", action("suspend")).status())
                    .isEqualTo(writing);
            assertThat(app.control().isSuspended()).isEqualTo(writing == 200);
        }
    }

    @Test
    void unlessSomebodySaysMoreItIsRead() {
        try (ActuatorApp app = app()) {
            assertThat(app.post("penstock/dataSource", action("suspend")).status())
                    .isEqualTo(405);
            assertThat(app.control().isSuspended()).isFalse();
        }
    }

    // ---- writes ---------------------------------------------------------------------------------

    @Test
    void everySwitch() throws SQLException {
        try (ActuatorApp app = app(WRITES, "spring.datasource.hikari.minimum-idle=1")) {
            start(app);
            assertThat(done(app, "breaker-open")).isEqualTo("the breaker is FORCED_OPEN");
            assertThat(app.get("penstock").json().at("/pools/0/breaker").asString())
                    .isEqualTo("FORCED_OPEN");
            assertThat(done(app, "breaker-close")).isEqualTo("the breaker is FORCED_CLOSED");
            assertThat(done(app, "breaker-reset")).isEqualTo("the breaker is CLOSED");

            assertThat(done(app, "suspend")).isEqualTo("nobody is lent a connection until the pool is resumed");
            Answer health = app.get("health/penstock/dataSource");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
            assertThat(done(app, "resume")).isEqualTo("connections are lent again");
            assertThat(app.get("health/penstock/dataSource").status()).isEqualTo(200);

            int before = proxy.accepted();
            assertThat(done(app, "evict")).startsWith("idle connections are closed");
            start(app);
            assertThat(proxy.accepted()).isGreaterThan(before);
        }
    }

    private static String done(ActuatorApp app, String action) {
        Answer answer = app.post("penstock/dataSource", action(action));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/action").asString()).isEqualTo(action);
        return answer.json().at("/result").asString();
    }

    @Test
    void withoutAPlanAResizeSaysThatNothingWasChecked() throws SQLException {
        try (ActuatorApp app = app(WRITES)) {
            start(app);
            Answer answer = app.post("penstock/dataSource", "{\"action\": \"resize\", \"size\": 12}");
            assertThat(answer.json().at("/result").asString())
                    .startsWith("the pool may have 12 connections, it was 10; nothing was checked: no plan");
            assertThat(((HikariDataSource) app.dataSource()).getMaximumPoolSize())
                    .isEqualTo(12);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Planned {
        @Bean
        PenstockConfigCustomizer plan() {
            Plan plan = Plan.of(ServerLimits.of(1000)).and(Service.of("shop", 2, 10));
            return (bean, config) -> config.budget(b -> b.plan(plan));
        }
    }

    @Test
    void withAPlanThePoolGrowsAsFarAsThereIsRoom() throws SQLException {
        try (ActuatorApp app = ActuatorApp.over(server.jdbcUrl(), server, new Class<?>[] {Planned.class}, WRITES)) {
            start(app);
            Await.until("the check", PATIENCE, () -> app.control().budget().isPresent());
            JsonNode budget = app.get("penstock/dataSource").json().at("/budget");
            assertThat(budget.at("/service").asString()).isEqualTo("shop");
            assertThat(budget.at("/verdict").asString()).isEqualTo("FITS");
            assertThat(budget.at("/lines").size()).isGreaterThan(5);

            JsonNode grown = app.post("penstock/dataSource", "{\"action\": \"resize\", \"size\": 11}")
                    .json();
            assertThat(grown.at("/result").asString())
                    .contains("it was 10; the plan has room for it: server: ", "; not as planned: maximumPoolSize");
            assertThat(grown.at("/budget/lines").toString()).contains("shop: 2 replicas x 11 = 22");

            Answer refused = app.post("penstock/dataSource", "{\"action\": \"resize\", \"size\": 5000}");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().at("/refused").asString())
                    .contains("not resized from 11 to 5000", "shop: 2 replicas x 5000 = 10000");
            assertThat(((HikariDataSource) app.dataSource()).getMaximumPoolSize())
                    .isEqualTo(11);
        }
    }

    @Test
    void aConnectTestTriesEveryAddress() {
        try (ActuatorApp app = app(WRITES)) {
            Answer answer = app.post("penstock/dataSource", "{\"action\": \"connect-test\", \"limit\": \"20s\"}");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().at("/result").asString()).isEqualTo("1 of 1 connected");
            JsonNode tried = answer.json().at("/test/addresses/0");
            assertThat(tried.at("/address").asString()).isEqualTo("127.0.0.1:" + proxy.port());
            assertThat(tried.at("/outcome").asString()).isEqualTo("CONNECTED");
            assertThat(answer.json().at("/test/limitMillis").asLong()).isEqualTo(20_000);
            assertThat(((HikariDataSource) app.dataSource()).isRunning()).isFalse();
        }
    }

    @Test
    void whatMakesNoSenseIsRefusedAndWhatWouldIsSaid() {
        Map<String, String> refusals = Map.of(
                "{}", "action must be one of connect-test, breaker-open, ",
                "{'action': 'explode'}", "resize, but was 'explode'",
                "{'action': 'resize'}", "size must be a whole number from 1 on, but was missing",
                "{'action': 'resize', 'size': 'many'}", "size must be a whole number from 1 on, but was 'many'",
                "{'action': 'resize', 'size': 0}", "size must be a whole number from 1 on, but was '0'",
                "{'action': 'evict', 'size': 3}", "size is for action resize only",
                "{'action': 'connect-test', 'limit': '1h'}", "limit must be a duration such as 500ms or 5s");
        try (ActuatorApp app = app(WRITES)) {
            refusals.forEach((body, text) -> {
                Answer answer = app.post("penstock/dataSource", body.replace('\'', '"'));
                assertThat(answer.status()).as(body).isEqualTo(400);
                assertThat(answer.json().at("/refused").asString()).contains(text);
            });
            assertThat(app.post("penstock/orders", action("evict")).status()).isEqualTo(404);
        }
    }

    @Test
    void whatThisPoolCannotDoNowIsRefusedWithTheReason() {
        try (ActuatorApp app = app(WRITES, "penstock.breaker.mode=off")) {
            Answer forced = app.post("penstock/dataSource", action("breaker-open"));
            assertThat(forced.status()).isEqualTo(409);
            assertThat(forced.json().at("/refused").asString()).startsWith("penstock.breaker.mode must be on");
            Answer resized = app.post("penstock/dataSource", "{\"action\": \"resize\", \"size\": 3}");
            assertThat(resized.status()).isEqualTo(409);
            assertThat(resized.json().at("/refused").asString()).contains("the pool has not started");
        }
    }
}
