package dev.penstock.internal.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.Credentials;
import dev.penstock.PenstockConfig;
import dev.penstock.WhileOpen;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.events.Listeners;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits, who is refused, who is handed what, while the server is away. */
@NoLeftovers
class BreakerRouteTest {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final ConnectOrder CREATOR = new ConnectOrder(null, true, WhileOpen.WAIT);
    private static final ConnectOrder ANYBODY = ConnectOrder.PLAIN;

    private final FakeServer server = new FakeServer();
    private final BreakerRoute route = route(Duration.ofMillis(10));
    private final List<Thread> creators = new ArrayList<>();

    private BreakerRoute route(Duration openInterval) {
        CreationBreaker breaker = new CreationBreaker(
                "test",
                PenstockConfig.builder()
                        .breaker(b -> b.mode(BreakerMode.ON)
                                .openInterval(openInterval)
                                .rampUp(1000))
                        .build()
                        .breaker(),
                DEADLINE,
                Clockwork.system(),
                new Listeners(List.of()),
                () -> true,
                () -> 0.5);
        return new BreakerRoute("test", breaker, server, DEADLINE, Clockwork.system());
    }

    @AfterEach
    void close() {
        route.close();
    }

    private void lose(BreakerRoute over) {
        server.up = false;
        assertThatThrownBy(() -> over.connect(ANYBODY)).isInstanceOf(ConnectFailedException.class);
        assertThat(over.breaker().outage()).isNotNull();
    }

    private static ConnectOrder orderOf(String user, WhileOpen whileOpen) {
        return new ConnectOrder(new Credentials(user, "secret"), true, whileOpen);
    }

    private CompletableFuture<Connection> creator(BreakerRoute route) {
        return creator(route, CREATOR);
    }

    private CompletableFuture<Connection> creator(BreakerRoute route, ConnectOrder order) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(route.connect(order));
            } catch (SQLException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        creators.add(thread);
        thread.start();
        return result;
    }

    private static Connection soon(CompletableFuture<Connection> result) throws Exception {
        return result.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whileTheServerIsThereEveryConnectHasTheWholeDeadline() throws Exception {
        assertThat(route.connect(ANYBODY)).isNotNull();
        assertThat(route.connect(CREATOR)).isNotNull();

        assertThat(server.limits).containsExactly(DEADLINE, DEADLINE);
    }

    @Test
    void aCreatorIsKeptWaitingAndHandedTheFirstGoodConnection() throws Exception {
        lose(route);
        CompletableFuture<Connection> creator = creator(route);
        Await.until("several probes fail", Duration.ofSeconds(20), () -> server.connects() >= 4);
        assertThat(creator).isNotDone();

        server.up = true;

        assertThat(soon(creator)).isNotNull();
        Await.until(
                "the breaker closes",
                Duration.ofSeconds(20),
                () -> route.breaker().outage() == null);
        assertThat(server.orders).last().isEqualTo(CREATOR);
        assertThat(server.aborted).hasValue(0);
    }

    @Test
    void everybodyElseIsRefusedAtOnceAndToldTheLatestFailure() {
        BreakerRoute slow = route(Duration.ofMinutes(1));
        lose(slow);

        ConnectFailedException refusal =
                Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, () -> slow.connect(ANYBODY)));

        assertThat(refusal.elapsed()).isZero();
        assertThat(refusal.outcome()).isEqualTo(ConnectOutcome.UNREACHABLE);
        assertThat(refusal.getMessage())
                .contains("penstock 'test': not tried", "made up: UNREACHABLE", "the next attempt is due in");
        assertThat(server.connects()).isOne();
        slow.close();
    }

    @Test
    void aPoolThatStartsIsNeverRefusedAndHasTheWholeDeadline() {
        BreakerRoute slow = route(Duration.ofMinutes(1));
        lose(slow);
        ConnectOrder starting = new ConnectOrder(null, true, WhileOpen.TRY);

        assertThatThrownBy(() -> slow.connect(starting)).hasMessageContaining("made up");
        assertThat(server.limits).containsExactly(DEADLINE, DEADLINE);
        server.up = true;
        assertThatCode(() -> slow.connect(starting)).doesNotThrowAnyException();

        assertThat(slow.breaker().outage()).isNull();
        slow.close();
    }

    /** What the breaker tells the world comes after the hand-over: nobody makes a second connection meanwhile. */
    @Test
    void theProbesConnectionIsTheOnlyOneThatIsMade() throws Exception {
        lose(route);
        CompletableFuture<Connection> creator = creator(route);
        server.up = true;

        Connection handed = soon(creator);

        assertThat(server.made).hasSize(1).first().isSameAs(handed);
    }

    @Test
    void aCreatorIsHandedNoConnectionOfAnotherUser() throws Exception {
        lose(route);
        server.hangsUntilUp = true;
        CompletableFuture<Connection> before = creator(route, orderOf("before", WhileOpen.WAIT));
        Await.until("the probe is under way", Duration.ofSeconds(20), () -> server.hanging.get() == 1);
        creators.get(0).interrupt();
        assertThatThrownBy(() -> soon(before)).hasCauseInstanceOf(ConnectFailedException.class);
        CompletableFuture<Connection> after = creator(route, orderOf("after", WhileOpen.WAIT));
        Await.until(
                "another waits", Duration.ofSeconds(20), () -> creators.get(1).getState() == Thread.State.WAITING);

        server.up = true;

        assertThat(soon(after)).isSameAs(server.made.get(1));
        assertThat(server.orders)
                .extracting(
                        order -> order.given() == null ? null : order.given().user())
                .containsExactly(null, "before", "after");
    }

    /** What a server accepted while it was silent it never answers; the others it does. */
    @Test
    void aCreatorWhoseConnectIsNeverAnsweredGetsTheConnectionOfOneBesideIt() throws Exception {
        assertThat(route.connect(ANYBODY)).isNotNull(); // so that it is known how long connects take
        server.hangsFor = DEADLINE;
        CompletableFuture<Connection> creator = creator(route);

        assertThat(soon(creator)).isSameAs(server.made.get(1));
        assertThat(server.limits).containsExactly(DEADLINE, DEADLINE, Duration.ofMillis(500));
        assertThat(route.breaker().outage()).isNull();
        assertThat(server.aborted).hasValue(0);
    }

    @Test
    void whoIsSlowerThanUsualButAnswersIsNotGivenUpThoughThoseBesideItFail() throws Exception {
        assertThat(route.connect(ANYBODY)).isNotNull();
        server.hangsUntilUp = true;
        server.up = false;
        CompletableFuture<Connection> creator = creator(route);
        Await.until("another beside it", Duration.ofSeconds(20), () -> server.hanging.get() == 2);

        server.up = true;

        assertThat(soon(creator)).isIn(server.made);
        assertThat(route.breaker().outage()).isNull();
    }

    @Test
    void nobodyElseGetsCompany() throws Exception {
        assertThat(route.connect(ANYBODY)).isNotNull();
        server.hangsFor = DEADLINE;
        CompletableFuture<Connection> anybody = creator(route, ANYBODY);
        Await.until("it hangs", Duration.ofSeconds(20), () -> server.hanging.get() == 1);
        CompletableFuture<Connection> creator = creator(route);

        assertThat(soon(creator)).isNotNull();
        assertThat(anybody).as("is left alone").isNotDone();
        assertThat(server.connects()).isEqualTo(4);
        server.closed = true;
        assertThatThrownBy(() -> soon(anybody)).hasCauseInstanceOf(ConnectFailedException.class);
    }

    @Test
    void twoCreatorsWaitAndBothGetAConnection() throws Exception {
        lose(route);
        CompletableFuture<Connection> first = creator(route);
        CompletableFuture<Connection> second = creator(route);
        Await.until(
                "both wait",
                Duration.ofSeconds(20),
                () -> creators.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        server.up = true;

        assertThat(soon(first)).isNotSameAs(soon(second));
    }

    /** What a connect of theirs would find through their context class loader, a probe for them finds. */
    @Test
    void probesHaveTheContextClassLoaderOfThoseForWhomTheyAreMade() throws Exception {
        ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
        ClassLoader ours = Thread.currentThread().getContextClassLoader();
        ConnectOrder order;
        Thread.currentThread().setContextClassLoader(own);
        try {
            order = new ConnectOrder(null, true, WhileOpen.WAIT);
        } finally {
            Thread.currentThread().setContextClassLoader(ours);
        }
        lose(route);
        server.loaders.clear();
        CompletableFuture<Connection> creator = creator(route, order);
        Await.until("probes", Duration.ofSeconds(20), () -> server.loaders.size() >= 2);
        server.up = true;

        assertThat(soon(creator)).isNotNull();
        assertThat(server.loaders).containsOnly(own);
    }

    @Test
    void whoComesWhenAProbeIsDueMakesIt() throws Exception {
        lose(route);
        server.up = true;
        Await.until("somebody gets a connection", Duration.ofSeconds(20), () -> {
            try {
                return route.connect(ANYBODY) != null;
            } catch (SQLException e) {
                return false;
            }
        });
        assertThat(route.breaker().outage()).isNull();
    }

    @Test
    void aConnectionThatNobodyTakesIsKeptForAMomentAndThenClosed() throws Exception {
        lose(route);
        server.up = true;
        route.ask();
        Await.until("the probe", Duration.ofSeconds(20), () -> route.breaker().outage() == null);

        Await.until("the spare one is closed", Duration.ofSeconds(20), () -> server.aborted.get() == 1);
    }

    @Test
    void aSpareConnectionGoesToTheSameUserOnly() throws Exception {
        lose(route);
        server.up = true;
        route.ask();
        Await.until("the probe", Duration.ofSeconds(20), () -> route.breaker().outage() == null);
        int before = server.connects();

        Connection other = route.connect(orderOf("other", WhileOpen.REFUSE));
        assertThat(other).isNotNull();
        assertThat(server.connects()).isEqualTo(before + 1);
        Connection spare = route.connect(ANYBODY);
        assertThat(spare).isNotNull();

        assertThat(server.connects()).isEqualTo(before + 1);
    }

    @Test
    void closingEndsTheWait() throws Exception {
        BreakerRoute slow = route(Duration.ofMinutes(1));
        lose(slow);
        CompletableFuture<Connection> creator = creator(slow);

        slow.close();

        assertThatThrownBy(() -> soon(creator))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ConnectFailedException.class);
        assertThat(server.closed).isTrue();
    }

    @Test
    void closingEndsTheWaitThoughAProbeIsUnderWay() throws Exception {
        lose(route);
        server.hangs = true;
        CompletableFuture<Connection> creator = creator(route);
        Await.until("a probe hangs", Duration.ofSeconds(20), () -> server.hanging.get() > 0);

        route.close();

        assertThatThrownBy(() -> soon(creator)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        BreakerRoute slow = route(Duration.ofMinutes(1));
        lose(slow);
        Thread.currentThread().interrupt();

        ConnectFailedException failure =
                Objects.requireNonNull(catchThrowableOfType(ConnectFailedException.class, () -> slow.connect(CREATOR)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.outcome()).isEqualTo(ConnectOutcome.ABANDONED);
        slow.close();
    }
}
