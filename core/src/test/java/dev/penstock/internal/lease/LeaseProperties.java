package dev.penstock.internal.lease;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.penstock.ReclaimPolicy;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Leases through any sequence of borrows, closes by anybody, closes past the handle, uses, deaths, collections,
 * reclaims and pauses, on virtual time. What must be so after each: {@link LeaseWorld}.
 */
class LeaseProperties {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.penstock");

    /** Hundreds of pools would each say that they lend connections of others. */
    @BeforeContainer
    static void quietly() {
        LOG.setLevel(Level.ERROR);
    }

    @AfterContainer
    static void loudly() {
        LOG.setLevel(null);
    }

    /** Something that happens. */
    private interface Event {
        void happenIn(LeaseWorld world);
    }

    private record Borrow(
            int person, boolean ofPgjdbc, @Nullable Duration expected) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.borrows(person, ofPgjdbc, expected);
        }
    }

    /** Of any lease, also one that is over, by anybody. */
    private record Close(int which, int person) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.closes(which, person);
        }
    }

    private record CloseUnderneath(int which) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.closesUnderneath(which);
        }
    }

    /** By whoever has been handed it, or holds a statement of it. */
    private record Use(int which) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.uses(which);
        }
    }

    private record Transaction(int which, boolean open) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.transactionIs(which, open);
        }
    }

    private record Forget(int which) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.forgets(which);
        }
    }

    private record Die(int person) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.dies(person);
        }
    }

    private record TimePasses(Duration time) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.pass(time);
        }
    }

    private record StandStill(Duration time) implements Event {
        @Override
        public void happenIn(LeaseWorld world) {
            world.standsStill(time);
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 59);
        Arbitrary<Integer> person = Arbitraries.integers().between(0, 2);
        Arbitrary<@Nullable Duration> expected =
                Arbitraries.of(1, 4, 20).map(Duration::ofSeconds).injectNull(0.8);
        Arbitrary<Event> borrow = Combinators.combine(person, Arbitraries.of(true, true, true, false), expected)
                .as(Borrow::new);
        Arbitrary<Event> close = Combinators.combine(any, person).as(Close::new);
        Arbitrary<Event> transaction =
                Combinators.combine(any, Arbitraries.of(true, false)).as(Transaction::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(6, borrow),
                        Tuple.of(4, close),
                        Tuple.of(1, any.map(CloseUnderneath::new)),
                        Tuple.of(1, transaction),
                        Tuple.of(3, any.map(Use::new)),
                        Tuple.of(2, any.map(Forget::new)),
                        Tuple.of(2, person.map(Die::new)),
                        Tuple.of(6, millis(500, 6000).map(TimePasses::new)),
                        Tuple.of(1, millis(5001, 30_000).map(StandStill::new)))
                .list()
                .ofMinSize(5)
                .ofMaxSize(50);
    }

    private static Arbitrary<Duration> millis(int least, int most) {
        return Arbitraries.integers().between(least, most).map(Duration::ofMillis);
    }

    @Provide
    Arbitrary<ReclaimPolicy> policies() {
        return Arbitraries.of(
                ReclaimPolicy.NEVER, ReclaimPolicy.DEAD_OWNER, ReclaimPolicy.after(Duration.ofSeconds(6)));
    }

    @Property(tries = 300)
    void whateverHappens(
            @ForAll("events") List<Event> events,
            @ForAll("policies") ReclaimPolicy policy,
            @ForAll boolean inTransaction) {
        try (LeaseWorld world = new LeaseWorld(policy, inTransaction)) {
            for (Event event : events) {
                event.happenIn(world);
                world.everythingIsAsItMustBe();
            }
            for (int i = 0; i < world.loans.size(); i++) {
                world.closes(i, i);
            }
            world.everythingIsAsItMustBe();
        }
    }
}
