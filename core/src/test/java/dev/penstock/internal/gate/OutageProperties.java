package dev.penstock.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PoolUnavailableException;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.gate.OutageWorld.Caller;
import dev.penstock.internal.gate.OutageWorld.Creator;
import dev.penstock.internal.gate.OutageWorld.Server;
import dev.penstock.lab.Await;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Breaker and gate through any sequence of events, on virtual time. */
class OutageProperties {
    /**
     * Longest pause between probes, stretched, and the longest probe: after that a server that is there has been
     * found, if anybody wants it.
     */
    private static final Duration FOUND_WITHIN = Duration.ofMillis(1560 + 100).plus(OutageWorld.DEADLINE);

    /** Something that happens. */
    private interface Event {
        void happenIn(OutageWorld world);
    }

    private record ServerIs(Server state) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            world.serverIs(state);
        }
    }

    private record TimePasses(Duration time) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            world.pass(time);
        }
    }

    private record PoolHas(int total) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            world.poolHas(total);
        }
    }

    private record CreatorComes() implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            world.creatorComes();
        }
    }

    private record Suspended(boolean suspended) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            world.poolIsSuspended(suspended);
        }
    }

    private record Interrupted(int which) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            if (!world.callers.isEmpty()) {
                world.callers.get(which % world.callers.size()).interrupt();
            }
        }
    }

    /** Checks at once what must hold for whoever arrives now. */
    private record CallerArrives(Duration limit) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            boolean open = world.gate.isOpen();
            Caller caller = world.arrives(limit);
            if (open) {
                assertThat(caller.passed).as("through an open gate").isTrue();
                assertThat(caller.left).isEqualTo(caller.limit);
            }
        }
    }

    /** While the pool has connections nobody is kept from asking it, unless it is suspended. */
    private record CallerFindsConnections(int total) implements Event {
        @Override
        public void happenIn(OutageWorld world) {
            int before = world.pool.total;
            world.poolIsSuspended(false);
            world.poolHas(total);
            Caller caller = world.arrives(Duration.ofSeconds(1));
            assertThat(caller.passed).as("an idle connection is never refused").isTrue();
            world.poolHas(before);
        }
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> server = Arbitraries.of(Server.class).map(ServerIs::new);
        Arbitrary<Event> time =
                Arbitraries.integers().between(1, 6000).map(ms -> new TimePasses(Duration.ofMillis(ms)));
        Arbitrary<Event> caller =
                Arbitraries.integers().between(0, 8000).map(ms -> new CallerArrives(Duration.ofMillis(ms)));
        Arbitrary<Event> pool = Arbitraries.of(-1, 0, 0, 0, 3).map(PoolHas::new);
        Arbitrary<Event> suspended = Arbitraries.of(true, false).map(Suspended::new);
        Arbitrary<Event> interrupted = Arbitraries.integers().between(0, 100).map(Interrupted::new);
        Arbitrary<Event> connections = Arbitraries.of(-1, 1, 10).map(CallerFindsConnections::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(4, server),
                        Tuple.of(6, time),
                        Tuple.of(6, caller),
                        Tuple.of(2, pool),
                        Tuple.of(3, Arbitraries.just(new CreatorComes())),
                        Tuple.of(1, suspended),
                        Tuple.of(1, interrupted),
                        Tuple.of(1, connections))
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<Duration> failFastAfter() {
        return Arbitraries.of(0, 1, 2500, 30_000, 600_000).map(Duration::ofMillis);
    }

    @Property(tries = 150)
    void whateverHappens(
            @ForAll("events") List<Event> events, @ForAll("failFastAfter") Duration failFastAfter, @ForAll long seed) {
        try (OutageWorld world = new OutageWorld(failFastAfter, seed)) {
            for (Event event : events) {
                event.happenIn(world);
                nobodyWaitsBeyondItsLimit(world);
            }
            nobodyIsRefusedForNothing(world, failFastAfter);
            interruptsAreNeitherSwallowedNorInvented(world);
            theServerIsFoundAndNobodyIsForgotten(world);
        }
    }

    private static void nobodyWaitsBeyondItsLimit(OutageWorld world) {
        for (Caller caller : world.callers) {
            long until = caller.isWaiting() ? world.now() : caller.endedAt;
            assertThat(until - caller.arrivedAt).as("waited").isLessThanOrEqualTo(caller.limit);
            assertThat(caller.ends.get()).as("comes back once").isLessThanOrEqualTo(1);
        }
        assertThat((long) world.gate.waiting())
                .as("who is counted as waiting")
                .isEqualTo(world.callers.stream().filter(Caller::isWaiting).count());
    }

    private static void nobodyIsRefusedForNothing(OutageWorld world, Duration failFastAfter) {
        for (Caller caller : world.callers) {
            if (caller.refusal instanceof PoolUnavailableException refusal && refusal.getStackTrace().length == 0) {
                assertThat(refusal.getMessage()).contains("gate.failFastAfter", "total 0");
                Outage outage = caller.refusedIn;
                if (outage != null) {
                    assertThat(caller.endedAt - outage.sinceNanos()).isGreaterThanOrEqualTo(failFastAfter.toNanos());
                }
            } else if (caller.refusal instanceof PoolUnavailableException) {
                assertThat(caller.endedAt - caller.arrivedAt)
                        .as("refused by its own limit")
                        .isEqualTo(caller.limit);
            }
        }
    }

    private static void interruptsAreNeitherSwallowedNorInvented(OutageWorld world) {
        for (Caller caller : world.callers) {
            if (caller.refusal instanceof InterruptedException) {
                assertThat(caller.interrupted).isTrue();
            }
            assertThat(caller.interrupted && caller.isWaiting()).isFalse();
            assertThat(caller.refusal instanceof RuntimeException)
                    .as("%s", caller.refusal)
                    .isFalse();
        }
    }

    /**
     * Whoever waits while the server is away is not forgotten when it is back, however long the outage was, though
     * nobody else comes.
     */
    private static void theServerIsFoundAndNobodyIsForgotten(OutageWorld world) {
        world.poolIsSuspended(false);
        world.poolHas(0);
        world.serverIs(Server.REFUSING);
        world.creatorComes();
        world.pass(FOUND_WITHIN); // what began before has ended
        Caller patient = world.arrives(Duration.ofMinutes(5));
        world.pass(Duration.ofSeconds(3));

        world.serverIs(Server.UP);
        Outage outage = world.breaker.outage();
        world.pass(outage == null || lasted(world, outage) < 50 ? FOUND_WITHIN : FOUND_WITHIN.plusSeconds(5));

        assertThat(patient.isWaiting()).as("forgotten").isFalse();
        if (patient.refusal == null) {
            assertThat(world.breaker.outage()).as("still an outage").isNull();
        }
        assertThat(world.gate.waiting()).isZero();
        Caller next = world.arrives(FOUND_WITHIN.plusSeconds(5));
        world.pass(FOUND_WITHIN.plusSeconds(5));
        assertThat(next.passed).isTrue();
        assertThat(world.gate.isOpen()).isTrue();
        Await.until(
                "every creator has an answer",
                Duration.ofSeconds(20),
                () -> world.creators.stream().noneMatch(Creator::isWaiting));
    }

    private static long lasted(OutageWorld world, @Nullable Outage outage) {
        return outage == null
                ? 0
                : Duration.ofNanos(world.now() - outage.sinceNanos()).toSeconds();
    }
}
