package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.StubPool;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.lab.Await;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Nobody is lent, nor gives back into the pool, a session on which a limit is being enforced. */
class EnforcedLeaseTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger evicted = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private final Sessions sessions = new Sessions(session -> {});
    private final PenstockConfig config = PenstockConfig.builder()
            .session(session -> session.statementTimeout(Duration.ofSeconds(30)))
            .build();
    private final LeaseDesk desk = new LeaseDesk(
            "world",
            config.leases(),
            sessions,
            new Surroundings(
                    new StubPool() {
                        @Override
                        public void evict(Connection connection) {
                            evicted.incrementAndGet();
                        }
                    },
                    new Listeners(List.of()),
                    Runnable::run,
                    config.session(),
                    null,
                    null),
            () -> 1,
            null);

    private final Physical first = physical(1);
    private final Physical second = physical(2);

    private Physical physical(int pid) {
        Physical made = new Physical(pid, new ScriptedSocket(() -> 1));
        sessions.add(made.connection, made.session);
        return made;
    }

    /** Of one after the other. */
    private Connection borrow(Physical... inTurn) throws SQLException {
        Queue<Physical> pool = new ArrayDeque<>(List.of(inTurn));
        return desk.lend(() -> new Inner(pool.remove(), returned::incrementAndGet));
    }

    private static Session sessionOf(Connection handle) throws SQLException {
        return Objects.requireNonNull(((LeasedConnection) handle).slot().session());
    }

    private static void hold(Physical physical) {
        assertThat(physical.session.hold(0)).isTrue();
    }

    private static void end(Physical physical) {
        assertThat(physical.session.end(0, () -> new SocketException("over"))).isTrue();
    }

    /** It was lent before, so that its slot is there. */
    private void wasLentBefore() throws SQLException {
        borrow(first).close();
        returned.set(0);
    }

    @Test
    void aSessionThatHasJustBeenEndedIsNotLent() throws SQLException {
        wasLentBefore();
        hold(first);
        end(first);

        assertThat(sessionOf(borrow(first, second))).isSameAs(second.session);
        assertThat(evicted).hasValue(1);
    }

    @Test
    void norIsOneThatWasNeverLentBefore() throws SQLException {
        hold(first);
        end(first);

        assertThat(sessionOf(borrow(first, second))).isSameAs(second.session);
        assertThat(evicted).hasValue(1);
    }

    @Test
    void whoeverIsLentOneThatIsHeldWaitsForWhatBecomesOfIt() throws Exception {
        wasLentBefore();
        hold(first);
        CompletableFuture<Session> lent = inBackground(() -> sessionOf(borrow(first, second)));
        Await.until("somebody waits", SOON, () -> isParkedOnTheGuard("borrower"));
        assertThat(lent).isNotDone();
        end(first);

        assertThat(lent.get()).isSameAs(second.session);
        assertThat(evicted).hasValue(1);
    }

    @Test
    void andHasItIfNothingBecomesOfIt() throws Exception {
        wasLentBefore();
        hold(first);
        CompletableFuture<Session> lent = inBackground(() -> sessionOf(borrow(first, second)));
        Await.until("somebody waits", SOON, () -> isParkedOnTheGuard("borrower"));
        first.session.release(0);

        assertThat(lent.get()).isSameAs(first.session);
        assertThat(evicted).hasValue(0);
    }

    @Test
    void soDoesWhoeverGivesItBack() throws Exception {
        Connection handle = borrow(first);
        hold(first);
        CompletableFuture<Boolean> closed = inBackground(() -> {
            handle.close();
            return true;
        });
        Await.until("somebody waits", SOON, () -> isParkedOnTheGuard("borrower"));
        assertThat(returned).as("returned to the pool").hasValue(0);
        end(first);

        assertThat(closed.get()).isTrue();
        assertThat(evicted).hasValue(1);
        assertThat(returned).as("returned to the pool").hasValue(0);
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private static <T> CompletableFuture<T> inBackground(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        done.complete(work.run());
                    } catch (SQLException | RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "borrower");
        thread.setDaemon(true);
        thread.start();
        return done;
    }

    private static boolean isParkedOnTheGuard(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey().getName().equals(name))
                .flatMap(entry -> Arrays.stream(entry.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("awaitRelease"));
    }
}
