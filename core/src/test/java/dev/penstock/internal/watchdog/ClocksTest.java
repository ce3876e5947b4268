package dev.penstock.internal.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.SessionLimit;
import dev.penstock.internal.socket.ScriptedSocket;
import dev.penstock.internal.socket.SocketPicture;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Which limit runs in which state of a session, since when, and which stands. */
class ClocksTest {
    private static final long STANDS = Clocks.STANDS;

    /** What a session does, what its limits are then said to have run: statement, idle in, transaction, idle. */
    private record State(
            String name, Script script, long statement, long idleInTransaction, long transaction, long idleSession) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Script {
        void happenOn(Session session);
    }

    /** Looked at at 10,000. The socket was made at 1,000. */
    private static final class Session {
        final AtomicLong now = new AtomicLong(1_000);
        final AtomicBoolean open = new AtomicBoolean();
        final ScriptedSocket wire = new ScriptedSocket(now::get);
        boolean beginsTransactions;
        long statements = 1;

        Session() {
            wire.socket().attach(open::get);
        }

        Session at(long time, Runnable event) {
            now.set(time);
            event.run();
            return this;
        }

        Session begin(long time) {
            return at(time, wire::asks).at(time + 100, () -> open.set(true)).at(time + 100, wire::answers);
        }

        Clocks clocks() {
            SocketPicture seen = Objects.requireNonNull(wire.socket().picture());
            return new Clocks(seen, beginsTransactions, statements, 10_000);
        }
    }

    static final List<Arguments> states = List.of(
                    new State("never used", s -> {}, STANDS, STANDS, STANDS, 9_000),
                    new State(
                            "idle",
                            s -> s.at(2_000, s.wire::asks).at(2_500, s.wire::answers),
                            STANDS,
                            STANDS,
                            STANDS,
                            7_500),
                    new State("waits for an answer", s -> s.at(2_000, s.wire::asks), 8_000, STANDS, STANDS, STANDS),
                    new State(
                            "waits, outside a transaction, and would begin one",
                            s -> {
                                s.beginsTransactions = true;
                                s.at(2_000, s.wire::asks);
                            },
                            8_000,
                            STANDS,
                            8_000,
                            STANDS),
                    new State(
                            "idle with autocommit off and no transaction",
                            s -> {
                                s.beginsTransactions = true;
                                s.at(2_000, s.wire::asks).at(2_500, s.wire::answers);
                            },
                            STANDS,
                            STANDS,
                            STANDS,
                            7_500),
                    new State("idle in a transaction", s -> s.begin(2_000), STANDS, 7_900, 8_000, STANDS),
                    new State(
                            "waits in a transaction",
                            s -> s.begin(2_000).at(5_000, s.wire::asks),
                            5_000,
                            STANDS,
                            8_000,
                            STANDS),
                    new State(
                            "idle between the statements of a transaction",
                            s -> s.begin(2_000).at(5_000, s.wire::asks).at(6_000, s.wire::answers),
                            STANDS,
                            4_000,
                            8_000,
                            STANDS),
                    new State(
                            "has sent, and not begun to read",
                            s -> s.at(2_000, s.wire::beginsToSend).at(2_500, s.wire::hasSent),
                            STANDS,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "is stuck in a write",
                            s -> s.at(3_000, s.wire::beginsToSend),
                            7_000,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "is stuck in the second write of a long statement",
                            s -> s.at(2_000, s.wire::beginsToSend)
                                    .at(2_500, s.wire::hasSent)
                                    .at(9_000, s.wire::beginsToSend),
                            1_500,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "reads slowly, and is not reading now",
                            s -> s.at(2_000, s.wire::asks).at(3_000, s.wire::hears),
                            STANDS,
                            STANDS,
                            STANDS,
                            7_000),
                    new State(
                            "reads slowly, and is reading now: only what it waited counts",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(3_000, s.wire::hears)
                                    .at(9_000, s.wire::reads)
                                    .at(9_100, s.wire::hears)
                                    .at(9_800, s.wire::reads),
                            1_300,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "has some of the answer, in a transaction, and reads slowly",
                            s -> s.begin(2_000).at(4_000, s.wire::asks).at(6_000, s.wire::hears),
                            STANDS,
                            4_000,
                            8_000,
                            STANDS),
                    new State(
                            "waits for notifications, which only its stack tells",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(2_500, s.wire::answers)
                                    .at(2_600, s.wire::reads),
                            7_900,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "waits for notifications for some time, the end of the answer not seen",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(2_500, s.wire::hears)
                                    .at(2_600, s.wire::limitsReads)
                                    .at(2_600, s.wire::reads),
                            7_900,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "waits for notifications that come one by one",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(2_500, s.wire::answers)
                                    .at(2_600, s.wire::reads)
                                    .at(5_000, s.wire::hears)
                                    .at(5_001, s.wire::reads),
                            7_899,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "looked for notifications in vain",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(2_500, s.wire::answers)
                                    .at(2_600, s.wire::limitsReads)
                                    .at(2_600, s.wire::reads)
                                    .at(4_600, s.wire::hearsNothing),
                            STANDS,
                            STANDS,
                            STANDS,
                            5_400),
                    new State(
                            "feeds a COPY, and pauses",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(2_100, s.wire::hears)
                                    .at(2_200, s.wire::beginsToSend)
                                    .at(2_300, s.wire::hasSent),
                            STANDS,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "feeds a COPY, and looks whether the server has anything to say",
                            s -> s.at(2_000, s.wire::asks)
                                    .at(2_100, s.wire::hears)
                                    .at(2_200, s.wire::beginsToSend)
                                    .at(2_300, s.wire::hasSent)
                                    .at(9_999, s.wire::limitsReads)
                                    .at(9_999, s.wire::reads),
                            101,
                            STANDS,
                            STANDS,
                            STANDS),
                    new State(
                            "looked at before it happened", s -> s.at(12_000, s.wire::asks), 0, STANDS, STANDS, STANDS))
            .stream()
            .map(Arguments::of)
            .toList();

    @ParameterizedTest(name = "{0}")
    @FieldSource("states")
    void whatRunsAndWhatStands(State state) {
        Session session = new Session();
        state.script().happenOn(session);
        Clocks clocks = session.clocks();

        assertThat(Map.of(
                        SessionLimit.STATEMENT, clocks.elapsed(SessionLimit.STATEMENT),
                        SessionLimit.IDLE_IN_TRANSACTION, clocks.elapsed(SessionLimit.IDLE_IN_TRANSACTION),
                        SessionLimit.TRANSACTION, clocks.elapsed(SessionLimit.TRANSACTION),
                        SessionLimit.IDLE_SESSION, clocks.elapsed(SessionLimit.IDLE_SESSION),
                        SessionLimit.LOCK, clocks.elapsed(SessionLimit.LOCK)))
                .isEqualTo(Map.of(
                        SessionLimit.STATEMENT, state.statement(),
                        SessionLimit.IDLE_IN_TRANSACTION, state.idleInTransaction(),
                        SessionLimit.TRANSACTION, state.transaction(),
                        SessionLimit.IDLE_SESSION, state.idleSession(),
                        SessionLimit.LOCK, STANDS));
    }

    /** Exceeded means by one nanosecond at least, and there is something to cancel if the client waits. */
    @ParameterizedTest(name = "{0}")
    @FieldSource("states")
    void whatRunsIsExceededOnceItHasRunForLongerAndNotBefore(State state) {
        Session session = new Session();
        state.script().happenOn(session);
        Clocks clocks = session.clocks();
        for (SessionLimit limit : SessionLimit.values()) {
            long elapsed = clocks.elapsed(limit);
            if (limit == SessionLimit.LOCK || elapsed == STANDS) {
                assertThat(clocks.worst(only(limit, 0))).as("%s at once", limit).isNull();
                continue;
            }
            assertThat(clocks.worst(only(limit, elapsed))).isNull();
            if (elapsed > 0) {
                Overrun overrun = clocks.worst(only(limit, elapsed - 1));
                assertThat(overrun).isEqualTo(new Overrun(limit, elapsed - 1, elapsed - 1, elapsed, clocks.waits()));
                assertThat(clocks.untilExceeded(only(limit, elapsed - 1))).isEqualTo(-1);
            }
            assertThat(clocks.untilExceeded(only(limit, elapsed + 70))).isLessThanOrEqualTo(70);
        }
    }

    @Test
    void theOneThatIsExceededTheMostIsTheWorst() {
        Session session = new Session().begin(2_000);
        session.at(5_000, session.wire::asks);

        assertThat(worst(session.clocks(), new Limits(4_000, 1, 6_000, 1))).isEqualTo(SessionLimit.TRANSACTION);
        assertThat(worst(session.clocks(), new Limits(2_000, 1, 6_000, 1))).isEqualTo(SessionLimit.STATEMENT);
        assertThat(worst(session.clocks(), Limits.NONE)).isNull();
    }

    private static @Nullable SessionLimit worst(Clocks clocks, Limits limits) {
        Overrun overrun = clocks.worst(limits);
        return overrun == null ? null : overrun.limit();
    }

    @Test
    void eachStatementOfABatchHasALimitOfItsOwn() {
        Session session = new Session();
        session.at(2_000, session.wire::asks);
        session.statements = 3;

        assertThat(session.clocks().worst(only(SessionLimit.STATEMENT, 2_667))).isNull();
        assertThat(session.clocks().worst(only(SessionLimit.STATEMENT, 2_666)))
                .isEqualTo(new Overrun(SessionLimit.STATEMENT, 2_666, 7_998, 8_000, true));
        assertThat(session.clocks().worst(Limits.NONE)).isNull();
        assertThat(session.clocks().untilExceeded(only(SessionLimit.STATEMENT, 2_700)))
                .isEqualTo(100);
    }

    // ---- when to look again ---------------------------------------------------------------------

    /** What has waited for long already needs little more; it only does not wait this moment. */
    @Test
    void aStatementThatIsBetweenTwoReadsGoesOnWhereItWas() {
        Session session = new Session();
        session.at(2_000, session.wire::asks).at(9_990, session.wire::hears);

        assertThat(session.clocks().elapsed(SessionLimit.STATEMENT)).isEqualTo(STANDS);
        assertThat(session.clocks().untilExceeded(only(SessionLimit.STATEMENT, 8_000)))
                .isLessThanOrEqualTo(10);
    }

    /** It will be known only afterwards that this statement has begun a transaction, and then since when. */
    @Test
    void aStatementMayHaveBegunATransactionAlready() {
        Session session = new Session();
        session.at(2_000, session.wire::asks);

        assertThat(session.clocks().elapsed(SessionLimit.TRANSACTION)).isEqualTo(STANDS);
        assertThat(session.clocks().untilExceeded(only(SessionLimit.TRANSACTION, 9_000)))
                .isLessThanOrEqualTo(1_000);
    }

    private static Limits only(SessionLimit limit, long value) {
        return new Limits(
                limit == SessionLimit.STATEMENT ? value : Limits.NEVER,
                limit == SessionLimit.IDLE_IN_TRANSACTION ? value : Limits.NEVER,
                limit == SessionLimit.TRANSACTION ? value : Limits.NEVER,
                limit == SessionLimit.IDLE_SESSION ? value : Limits.NEVER);
    }
}
