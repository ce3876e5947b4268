package dev.penstock.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockControl;
import dev.penstock.lab.Await;
import dev.penstock.spring.PenstockPools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Starts the application with its embedded database, and gets it into each trouble. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "penstock.leases.suspect-after=200ms",
            "penstock.session.lock-timeout=500ms",
            "penstock.session.idle-in-transaction-timeout=500ms"
        })
@ExtendWith(OutputCaptureExtension.class)
@Tag("once") // it takes its time, and shows the same on every JDK
class OrdersApplicationTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final PenstockControl control;
    private final JdbcClient jdbc;

    OrdersApplicationTest(@LocalServerPort int port, @Autowired PenstockPools pools, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.control = pools.require("dataSource").control();
        this.jdbc = jdbc;
    }

    @Test
    void ordersAreStoredListedAndAddedUp() throws Exception {
        assertThat(post("/orders?customer=Edsger&cents=100").body()).contains("\"customer\":\"Edsger\"");
        assertThat(get("/orders").body()).contains("\"Ada\"", "\"Edsger\"");
        assertThat(get("/orders/totals").body()).contains("\"cents\":");
    }

    @Test
    void aLeakIsReportedWithItsPlace(CapturedOutput output) throws Exception {
        long before = control.suspectedLeases(LeaseVerdict.LIKELY_LEAK)
                + control.suspectedLeases(LeaseVerdict.LEAKED_UNREACHABLE);

        assertThat(post("/trouble/leak").body()).startsWith("borrowed the connection of server process");

        Await.until(
                "the report of the leak",
                LIMIT,
                () -> control.suspectedLeases(LeaseVerdict.LIKELY_LEAK)
                                + control.suspectedLeases(LeaseVerdict.LEAKED_UNREACHABLE)
                        > before);
        Await.until("the line that borrowed", LIMIT, () -> output.getOut().contains("trouble.Leak.leak(Leak.java:"));
        assertThat(output.getOut()).contains("penstock 'orders': connection");
        assertThat(get("/actuator/penstock/dataSource").body())
                .contains("dev.penstock.example.orders.trouble.Leak.leak(")
                .containsPattern("\"verdict\":\"(LIKELY_LEAK|LEAKED_UNREACHABLE)\"");
        assertThat(get("/actuator/health").body()).containsPattern("on loan looks? leaked");
        assertThat(get("/actuator/prometheus").body())
                .containsPattern(
                        "penstock_leases_suspected_total\\{[^}]*verdict=\"(likely_leak|leaked_unreachable)\"} [1-9]");
    }

    @Test
    void aTransactionThatIsHeldOpenIsReportedAndEnded(CapturedOutput output) throws Exception {
        HttpResponse<String> answer = post("/trouble/hold?seconds=3");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("25P03 FATAL: terminating connection due to idle-in-transaction timeout");
        assertThat(output.getOut()).contains("IDLE_IN_TRANSACTION").contains("trouble.Payments.charge(");
        assertThat(jdbc.sql("select count(*) from orders where customer = 'Grace'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled(CapturedOutput output) throws Exception {
        HttpResponse<String> answer = post("/trouble/sleep");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("57014 ERROR: canceling statement due to statement timeout");
        assertThat(output.getOut()).contains("SLOW_STATEMENT").contains("trouble.Sleep.sleep(");
    }

    @Test
    void whoWaitsForALockIsRefused() throws Exception {
        CompletableFuture<HttpResponse<String>> holder = http.sendAsync(
                request("/trouble/lock?seconds=4").POST(nothing()).build(), HttpResponse.BodyHandlers.ofString());
        Await.until("the lock", LIMIT, this::isLocked);

        assertThat(post("/trouble/lock").body()).startsWith("55P03 ERROR: canceling statement due to lock timeout");
        assertThat(holder.get().body()).isEqualTo("had the lock for 4 s\n");
    }

    private boolean isLocked() {
        return jdbc.sql("select count(*) from pg_stat_activity"
                                + " where state = 'active' and query like 'select pg_sleep%'")
                        .query(Long.class)
                        .single()
                == 1;
    }

    @Test
    void anErrorIsAnsweredAndTheConnectionGivenBack() throws Exception {
        HttpResponse<String> answer = post("/trouble/fail");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("23514 ERROR: new row").contains("orders_cents_check");
    }

    @Test
    void theActuatorIsThere() throws Exception {
        assertThat(get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/prometheus").body()).contains("hikaricp_connections_active{pool=\"orders\"");
        assertThat(get("/actuator/penstock").body()).contains("\"bean\":\"dataSource\"", "\"name\":\"orders\"");
        assertThat(get("/actuator/penstock/dataSource").body())
                .contains("statement_timeout", "\"service\":\"orders\"", "\"verdict\":\"FITS\"");
    }

    @Test
    void theActuatorMayTestAConnect() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/actuator/penstock/dataSource")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"action\": \"connect-test\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"connected\":1");
    }

    /** What this module's README tells readers to call. */
    @ParameterizedTest
    @MethodSource
    void whatTheReadmeCallsIsThere(String path) throws Exception {
        assertThat(get(path).statusCode()).isNotEqualTo(404); // 405 if it is to be posted
    }

    static Stream<String> whatTheReadmeCallsIsThere() throws IOException {
        return Pattern.compile("localhost:8080(/[\\w/]+)")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(call -> call.group(1))
                .distinct();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return http.send(request(path).POST(nothing()).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.BodyPublisher nothing() {
        return HttpRequest.BodyPublishers.noBody();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
    }
}
