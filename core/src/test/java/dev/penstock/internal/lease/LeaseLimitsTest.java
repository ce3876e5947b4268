package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.BorrowTerms;
import dev.penstock.PenstockConfig;
import dev.penstock.PoolerMode;
import dev.penstock.SessionTimeouts;
import dev.penstock.StubPool;
import dev.penstock.feature.LogRecorder;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.watchdog.Limits;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a lease is held to that differs from the others, and what is said if that fails. */
class LeaseLimitsTest {
    /** Nothing can be said to it: whoever widens its limits fails. */
    private static final ServerSide DIRECT = new ServerSide(PoolerMode.NONE, 170_000, Map.of(), true);

    private final PenstockConfig config = PenstockConfig.builder()
            .session(s -> s.statementTimeout(Duration.ofSeconds(30)).exempt(List.of("java.util.regex")))
            .build();
    private final AtomicInteger evicted = new AtomicInteger();
    private final Sessions sessions = new Sessions(session -> {});
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

    private int pids;

    private Physical physical(ServerSide side) {
        Physical made = new Physical(++pids, new ScriptedSocket(() -> 1), side);
        sessions.add(made.connection, made.session);
        return made;
    }

    private LeasedConnection borrow(BorrowTerms terms, Physical... inTurn) throws SQLException {
        Queue<Physical> pool = new ArrayDeque<>(List.of(inTurn));
        return (LeasedConnection) desk.lend(() -> new Inner(pool.remove(), () -> {}), terms);
    }

    private static List<String> dropped(LogRecorder log) {
        return log.lines().stream()
                .filter(line -> line.contains("a connection was dropped"))
                .toList();
    }

    // ---- who migrates ---------------------------------------------------------------------------

    private static void askForMetaData(Connection handle) {
        assertThatThrownBy(handle::getMetaData).isInstanceOf(SQLException.class); // there is nobody to answer
    }

    /** With a class of a tool on the stack. */
    private static void asATool(Connection handle) {
        String unused = Pattern.compile("now").matcher("now").replaceAll(found -> {
            askForMetaData(handle);
            return "";
        });
    }

    @Test
    void whoAsksForTheMetaDataIsLookedAtAFewTimesPerLease() throws SQLException {
        Physical physical = physical(ServerSide.NOT_ASKED);
        try (LeasedConnection handle = borrow(BorrowTerms.usual(), physical)) {
            for (int i = 0; i < 4; i++) {
                askForMetaData(handle);
            }
            asATool(handle);
            assertThat(handle.slot().limits()).isNull();
        }
        try (LeasedConnection handle = borrow(BorrowTerms.usual(), physical)) {
            askForMetaData(handle);
            asATool(handle);
            assertThat(handle.slot().limits()).isEqualTo(Limits.NONE);
        }
    }

    // ---- what fails -----------------------------------------------------------------------------

    @Test
    void ifLimitsCannotBeSetTheConnectionIsDroppedAndThatIsSaidOnce() throws SQLException {
        BorrowTerms wide = BorrowTerms.usual().withTimeouts(SessionTimeouts.unlimited());
        try (LogRecorder log = LogRecorder.ofPenstock();
                LeasedConnection handle =
                        borrow(wide, physical(DIRECT), physical(DIRECT), physical(ServerSide.NOT_ASKED))) {
            assertThat(handle.slot().limits()).isEqualTo(Limits.NONE);
            assertThat(evicted).hasValue(2);
            assertThat(dropped(log))
                    .singleElement()
                    .asString()
                    .startsWith("WARN penstock 'world': ")
                    .contains("were to be set it failed");
        }
    }

    private void closeWhatCannotBeSetBack(Physical physical) throws SQLException {
        LeasedConnection handle = borrow(BorrowTerms.usual(), physical);
        handle.slot().arrange(new Arrangement(Limits.NONE, Arrangement.Undo.IMPOSSIBLE));
        handle.close();
    }

    @Test
    void ifTheyCannotBeSetBackToo() throws SQLException {
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            closeWhatCannotBeSetBack(physical(DIRECT));
            closeWhatCannotBeSetBack(physical(DIRECT));

            assertThat(evicted).hasValue(2);
            assertThat(dropped(log)).singleElement().asString().contains("were to be set back it failed");
        }
    }

    /** Its borrower has met that, or was told of the limit. */
    @Test
    void nothingIsSaidOfWhatWasDeadBefore() throws SQLException {
        Physical broken = physical(DIRECT);
        Physical ended = physical(DIRECT);
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            LeasedConnection one = borrow(BorrowTerms.usual(), broken);
            one.slot().arrange(new Arrangement(Limits.NONE, Arrangement.Undo.IMPOSSIBLE));
            broken.closed = true;
            one.close();
            LeasedConnection other = borrow(BorrowTerms.usual(), ended);
            other.slot().arrange(new Arrangement(Limits.NONE, Arrangement.Undo.IMPOSSIBLE));
            assertThat(ended.session.hold(0)).isTrue();
            assertThat(ended.session.end(0, () -> new SocketException("over"))).isTrue();
            other.close();

            assertThat(evicted).hasValue(2);
            assertThat(dropped(log)).isEmpty();
        }
    }
}
