package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.Credentials;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.DnsScript;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends a wait for a connection, and the interrupted thread keeps its flag. */
@WithPostgres(tls = true)
class InterruptTest implements LeavesNothing {
    /** Far beyond what an interrupt may take. */
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final Duration PROMPT = Duration.ofSeconds(2);

    /** How a connect ended for the thread that asked. */
    private record Ending(ConnectOutcome outcome, String message, Duration elapsed, boolean flag) {}

    private final PostgresServer server;
    private final SilentServer silent = SilentServer.start();
    private final DnsScript dns = new DnsScript();
    private final CountDownLatch vault = new CountDownLatch(1);

    InterruptTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void release() {
        Thread.interrupted();
        vault.countDown();
        dns.fail(Connectors.NAME);
        silent.close();
    }

    private PenstockConnector waitingAt(String place) {
        Properties properties = Connectors.login(server);
        String url = switch (place) {
            case "DNS" -> server.jdbcUrl(Connectors.NAME, server.port());
            case "session" -> server.jdbcUrl("127.0.0.1", silent.port());
            default -> server.jdbcUrl();
        };
        dns.mute(Connectors.NAME);
        return Connectors.over(url, properties, connect -> {
            connect.deadline(DEADLINE).resolver(dns::resolve);
            if (place.equals("credentials")) {
                connect.credentials(this::fromTheVault);
            }
        });
    }

    private Credentials fromTheVault() throws SQLException {
        try {
            vault.await();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
        return new Credentials("nobody", "nothing");
    }

    private static Ending endingOf(PenstockConnector connector) {
        ConnectFailedException failure =
                Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, connector::getConnection));
        return new Ending(
                failure.outcome(),
                Objects.requireNonNull(failure.getMessage()),
                failure.elapsed(),
                Thread.currentThread().isInterrupted());
    }

    private static void assertInterrupted(Ending ending) {
        assertThat(ending.outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        assertThat(ending.message()).contains("the calling thread was interrupted");
        assertThat(ending.elapsed()).isLessThan(PROMPT);
        assertThat(ending.flag()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"credentials", "DNS", "session", "nothing"})
    void anInterruptBeforeTheConnectEndsItAtOnce(String place) {
        PenstockConnector connector = waitingAt(place);
        Thread.currentThread().interrupt();

        assertInterrupted(endingOf(connector));
    }

    @ParameterizedTest
    @ValueSource(strings = {"credentials", "DNS", "session"})
    void anInterruptDuringTheConnectEndsIt(String place) throws Exception {
        PenstockConnector connector = waitingAt(place);
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        Thread caller = new Thread(() -> ending.complete(endingOf(connector)), "caller");

        caller.start();
        awaitUnderWay(caller);
        long interruptedAt = System.nanoTime();
        caller.interrupt();

        Ending got = ending.get(10, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - interruptedAt)).isLessThan(PROMPT);
        assertThat(got.outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        assertThat(got.flag()).isTrue();
        silent.awaitOpenConnections(0);
    }

    private void awaitUnderWay(Thread caller) {
        Await.until("the caller waits, or opens the session itself", Duration.ofSeconds(5), () -> {
            Thread.State state = caller.getState();
            return state == Thread.State.TIMED_WAITING || state == Thread.State.WAITING || silent.accepted() > 0;
        });
    }

    /** By reflection: this module is compiled for Java 17. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledForJreRange(min = JRE.JAVA_21)
    @Tag("virtual-threads")
    void aVirtualThreadIsNoDifferent(boolean before) throws Exception {
        PenstockConnector connector = waitingAt("session");
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        Thread caller = virtual(() -> {
            if (before) {
                Thread.currentThread().interrupt();
            }
            ending.complete(endingOf(connector));
        });
        if (!before) {
            silent.awaitAccepted(1);
            awaitUnderWay(caller);
            caller.interrupt();
        }

        Ending got = ending.get(10, TimeUnit.SECONDS);

        assertThat(got.outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        assertThat(got.flag()).isTrue();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    @Tag("virtual-threads")
    void aVirtualThreadConnectsAndQueries() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        PenstockConnector connector = Connectors.over(server.jdbcUrl(), Connectors.login(server));
        Thread caller = virtual(() -> {
            try {
                answer.complete(Connectors.ask(connector, "select 42"));
            } catch (SQLException e) {
                answer.completeExceptionally(e);
            }
        });

        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("42");
        assertThat(caller.isDaemon()).isTrue();
    }

    private static Thread virtual(Runnable task) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void anInterruptDuringAQueryDoesNotKillTheConnection(String sslmode) throws Exception {
        PenstockConnector connector = Connectors.over(
                server.jdbcUrl(), Connectors.login(server, "sslmode", sslmode, "ApplicationName", "interrupt-test"));
        try (Connection connection = connector.getConnection()) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            Thread borrower = new Thread(() -> {
                try {
                    String text = Connectors.ask(connection, "select 'slept' from pg_sleep(1)");
                    answer.complete(text + " " + Thread.interrupted());
                } catch (SQLException e) {
                    answer.completeExceptionally(e);
                }
            });
            borrower.start();
            Await.until("the query runs", Duration.ofSeconds(5), this::sleeping);
            borrower.interrupt();

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("slept true");
            assertThat(Connectors.ask(connection, "select 7")).isEqualTo("7");
        }
    }

    private boolean sleeping() {
        try (Connection admin = server.connect()) {
            return Connectors.ask(
                            admin,
                            "select count(*) from pg_stat_activity where application_name = 'interrupt-test'"
                                    + " and wait_event = 'PgSleep'")
                    .equals("1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
