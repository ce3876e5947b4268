package dev.penstock.internal.watchdog;

import dev.penstock.SessionSettings;
import dev.penstock.internal.session.CancelOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Limits through any sequence of statements, stalls, pauses, transactions, borrows and returns, standstills of the JVM
 * and cancel requests that help, do not, get lost, are not sent or take long, on virtual time. What must be so:
 * {@link WatchWorld}.
 */
class WatchProperties {
    /** Something that happens. */
    private interface Event {
        void happenIn(WatchWorld world);
    }

    private record Named(String name, Event event) implements Event {
        @Override
        public void happenIn(WatchWorld world) {
            event.happenIn(world);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Event event(String name, Event event) {
        return new Named(name, event);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> who = Arbitraries.integers().between(0, 2);
        Arbitrary<Boolean> yes = Arbitraries.of(true, false);
        Arbitrary<Event> ask = Combinators.combine(who, yes, Arbitraries.of(false, false, false, true))
                .as((i, auto, stuck) ->
                        event("asks " + i + " " + auto + " " + stuck, world -> world.asks(i, auto, stuck)));
        Arbitrary<Event> answer = Combinators.combine(who, yes)
                .as((i, open) -> event("answers " + i + " " + open, world -> world.answers(i, open)));
        Arbitrary<Event> sent = Combinators.combine(
                        Arbitraries.of(CancelOutcome.values()), Arbitraries.of(0, 0, 100, 400, 1_000), yes)
                .as((outcome, millis, helps) -> event(
                        "cancel " + outcome + " " + millis + " " + helps,
                        world -> world.next(new WatchWorld.Sent(
                                outcome, Duration.ofMillis(millis), helps && outcome == CancelOutcome.DELIVERED))));
        Arbitrary<Event> borrow = Combinators.combine(who, Arbitraries.of(500, 1_000, 4_000))
                .as((i, millis) -> {
                    long nanos = Duration.ofMillis(millis).toNanos();
                    return event(
                            "borrows " + i + " " + millis,
                            world -> world.borrows(i, new Limits(nanos, 2 * nanos, 3 * nanos, Limits.NEVER)));
                });
        return Arbitraries.frequencyOf(
                        Tuple.of(6, ask),
                        Tuple.of(4, answer),
                        Tuple.of(2, who.map(i -> event("hears " + i, world -> world.hears(i)))),
                        Tuple.of(3, who.map(i -> event("goes on " + i, world -> world.goesOn(i)))),
                        Tuple.of(3, sent),
                        Tuple.of(2, borrow),
                        Tuple.of(1, who.map(i -> event("borrows free " + i, world -> world.borrowsWithoutLimits(i)))),
                        Tuple.of(2, who.map(i -> event("back " + i, world -> world.givesBack(i)))),
                        Tuple.of(2, who.map(i -> event("to and fro " + i, world -> world.givesBackAndBorrows(i)))),
                        Tuple.of(1, who.map(i -> event("closes " + i, world -> world.closes(i)))),
                        Tuple.of(1, yes.map(stuck -> event("stuck " + stuck, world -> world.workersAreStuck(stuck)))),
                        Tuple.of(8, millis(50, 1_500).map(time -> event("pass " + time, world -> world.pass(time)))),
                        Tuple.of(2, millis(1_500, 4_000).map(time -> event("pass " + time, world -> world.pass(time)))),
                        Tuple.of(
                                1,
                                millis(600, 30_000)
                                        .map(time -> event("still " + time, world -> world.standsStill(time)))))
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    private static Arbitrary<Duration> millis(int least, int most) {
        return Arbitraries.integers().between(least, most).map(Duration::ofMillis);
    }

    /** Which limits there are. */
    @Provide
    Arbitrary<Consumer<SessionSettings.Builder>> limits() {
        return Combinators.combine(
                        Arbitraries.of(true, true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((statement, idle, transaction, session) -> builder -> {
                    builder.statementTimeout(statement ? Duration.ofSeconds(2) : null);
                    builder.idleInTransactionTimeout(idle ? Duration.ofMillis(1_500) : null);
                    builder.transactionTimeout(transaction ? Duration.ofSeconds(4) : null);
                    builder.idleSessionTimeout(session ? Duration.ofSeconds(6) : null);
                });
    }

    /** Found by the property: a byte of an answer came just before the socket was to be closed. */
    @Example
    void aTransactionWhoseAnswerComesInPiecesIsEndedInTime() {
        WatchWorld world = new WatchWorld(builder -> builder.transactionTimeout(Duration.ofSeconds(4)));
        world.asks(0, false, false);
        world.pass(Duration.ofMillis(4_900));
        world.hears(0);
        world.pass(Duration.ofMillis(50));
        world.goesOn(0);
        world.pass(Duration.ofMillis(200));
        world.everythingWasTold();
    }

    @Property(tries = 1000)
    void whateverHappens(
            @ForAll("events") List<Event> events, @ForAll("limits") Consumer<SessionSettings.Builder> limits) {
        WatchWorld world = new WatchWorld(limits);
        events.forEach(event -> event.happenIn(world));
        world.everythingWasTold();
    }
}
