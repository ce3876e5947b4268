package dev.penstock.internal.race;

import static dev.penstock.internal.race.Script.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.internal.race.Behaviour.End;
import dev.penstock.internal.race.Behaviour.Session;
import dev.penstock.internal.race.Race.Verdict;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What holds for any schedule of address behaviours. The {@link Referee} checks in each race that it ends
 * by the deadline, has one winner at most, closes every loser exactly once, never opens more than it may,
 * and starts nothing after the verdict; the {@link Player}, that it never asks to be woken at once.
 */
class RaceProperties {
    @Property(tries = 1000)
    void everyRaceEndsByItsDeadlineAndClosesEveryLoser(@ForAll("worlds") World world) {
        assertThat(world.script().play().verdict()).isIn(Verdict.WON, Verdict.FAILED, Verdict.EXPIRED);
    }

    @Property(tries = 1000)
    void whoGivesUpLeavesNothingBehind(@ForAll("worlds") World world, @ForAll("instants") double share) {
        double instant = Math.floor(world.deadline() * share);
        Played played = world.script().abandonedAt(instant).play();

        assertThat(played.endedAt()).isLessThanOrEqualTo(instant);
    }

    @Property(tries = 1000)
    void nothingIsDueBeforeTheTickThatWasAnnounced(@ForAll("worlds") World world) {
        double every = Math.max(1, world.deadline() / 997);

        assertThat(world.script().probedEvery(every).play().verdict()).isNotEqualTo(Verdict.RUNNING);
    }

    @Property(tries = 1000)
    void whoServesWithinItsFairShareIsReached(
            @ForAll("worlds") World world, @ForAll("instants") double where, @ForAll("instants") double soon) {
        World blessed = world.blessed(where, soon);

        Played played = blessed.script().play();

        assertThat(played.verdict())
                .as("one address serves %s ms after it was dialled: %s%n%s", blessed.fairShare(), blessed, played)
                .isEqualTo(Verdict.WON);
    }

    // ---- worlds -------------------------------------------------------------------------------

    @Provide
    Arbitrary<World> worlds() {
        return Combinators.combine(
                        Arbitraries.doubles().between(300, 60_000).ofScale(0),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(250.0, 250.0, 10.0, 2000.0),
                        Arbitraries.of(10_000.0, NEVER, 200.0),
                        hosts().list().ofMinSize(1).ofMaxSize(4))
                .as(World::new);
    }

    @Provide
    Arbitrary<Double> instants() {
        return Arbitraries.doubles().between(0, 1).ofScale(3);
    }

    private static Arbitrary<HostPlan> hosts() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(6, millis(300)),
                                Tuple.of(2, millis(20_000)),
                                Tuple.of(1, Arbitraries.just(NEVER))),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(false, false, true),
                        Arbitraries.frequencyOf(
                                Tuple.of(5, addresses().list().ofMinSize(1).ofMaxSize(8)),
                                Tuple.of(1, addresses().list().ofMinSize(10).ofMaxSize(34))))
                .as(HostPlan::new);
    }

    private static Arbitrary<Plan> addresses() {
        Arbitrary<Double> tcp = Arbitraries.frequencyOf(
                Tuple.of(4, millis(50)), Tuple.of(2, millis(10_000)), Tuple.of(2, Arbitraries.just(NEVER)));
        Arbitrary<Double> bytes =
                Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(NEVER)), Tuple.of(2, millis(700)));
        Arbitrary<Double> end = Arbitraries.frequencyOf(
                Tuple.of(2, millis(300)), Tuple.of(2, millis(20_000)), Tuple.of(3, Arbitraries.just(NEVER)));
        return Combinators.combine(tcp, Arbitraries.of(true, true, false), bytes, end, Arbitraries.of(End.values()))
                .as(Plan::new);
    }

    private static Arbitrary<Double> millis(double most) {
        return Arbitraries.doubles().between(1, most).ofScale(1);
    }

    record Plan(double tcp, boolean accepts, double byteEvery, double endsAfter, End end) {
        Behaviour behaviour() {
            return new Behaviour(tcp, accepts, at -> new Session(byteEvery, endsAfter, end));
        }
    }

    record HostPlan(double lookUp, boolean found, int lastAnswer, boolean doubtful, List<Plan> addresses) {
        void into(Script script, String name, Behaviour blessing, int blessed) {
            script.host(name);
            for (int i = 0; i < addresses.size(); i++) {
                script.address(i == blessed ? blessing : addresses.get(i).behaviour());
            }
            if (blessed >= 0) {
                return;
            }
            script.answersAfter(lookUp).lastAnswerHas(Math.min(lastAnswer, addresses.size()));
            if (!found) {
                script.lookUpFailsAfter(lookUp);
            }
            if (doubtful) {
                script.doubtful();
            }
        }
    }

    record World(
            double deadline,
            boolean racing,
            int sessions,
            double attemptDelay,
            double headStart,
            List<HostPlan> hosts,
            int blessedHost,
            double soon,
            int at) {
        World(
                double deadline,
                boolean racing,
                int sessions,
                double attemptDelay,
                double headStart,
                List<HostPlan> hosts) {
            this(deadline, racing, sessions, attemptDelay, headStart, hosts, -1, 0, -1);
        }

        /** One host answers, rejects nobody as a whole, and has an address that serves soon. */
        World blessed(double where, double soon) {
            int host = pick(where, hosts.size());
            HostPlan plan = hosts.get(host);
            List<Plan> kind = plan.addresses().stream()
                    .map(p -> p.end() == End.HOST
                            ? new Plan(p.tcp(), p.accepts(), p.byteEvery(), p.endsAfter(), End.ADDRESS)
                            : p)
                    .toList();
            List<HostPlan> all = new ArrayList<>(hosts);
            all.set(host, new HostPlan(0, true, 0, false, kind));
            double within = where * hosts.size() - host;
            return new World(
                    deadline,
                    racing,
                    sessions,
                    attemptDelay,
                    headStart,
                    all,
                    host,
                    soon,
                    pick(Math.min(1, within), kind.size()));
        }

        private static int pick(double where, int size) {
            return (int) Math.min(size - 1, where * size);
        }

        double fairShare() {
            int addresses = hosts.stream().mapToInt(h -> h.addresses().size()).sum();
            return Math.min(200, deadline / (hosts.size() * (addresses + 1)));
        }

        Script script() {
            Script script = Script.deadline(deadline)
                    .sessions(sessions)
                    .attemptDelay(attemptDelay)
                    .headStart(headStart);
            if (!racing) {
                script.oneByOne();
            }
            double needs = 0.999 * fairShare();
            Behaviour serving = Behaviour.serves(needs * soon).tcp(needs * (1 - soon));
            for (int i = 0; i < hosts.size(); i++) {
                hosts.get(i).into(script, "h" + i + "-", serving, i == blessedHost ? at : -1);
            }
            return script;
        }
    }
}
