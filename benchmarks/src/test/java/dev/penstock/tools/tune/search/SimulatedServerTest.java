package dev.penstock.tools.tune.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The simulation, where there is a formula to hold it against. */
class SimulatedServerTest {
    /** M/M/4 with three quarters of its capacity used: Erlang's formula. */
    @Test
    void waitsAsErlangSays() {
        Simulation simulation = simulated(Server.cores(4, 100, 0), Work.open(300), 4);

        double offered = 3;
        double delayed = Math.pow(offered, 4) / 24 * 4 / (4 - offered);
        double chance = delayed / (1 + offered + offered * offered / 2 + Math.pow(offered, 3) / 6 + delayed);
        double meanMicros = chance / (400 - 300) * 1e6;
        assertThat(simulation.times().waited().getMean()).isCloseTo(meanMicros, withinPercentage(5));
        assertThat(simulation.times().served().getMean()).isCloseTo(10_000, withinPercentage(2));
    }

    /** Little's law, in a closed loop: callers = throughput x time. */
    @Test
    void callersAreThroughputTimesTime() {
        Server server = Server.usl(100, 0.1, 0.001);
        Simulation simulation = simulated(server, Work.closed(50, 0).lognormal(0.8), 20);

        assertThat(simulation.done() / 100.0).isCloseTo(server.rate(20), withinPercentage(2));
        assertThat(simulation.times().took().getMean() / 1e6 * simulation.done() / 100)
                .isCloseTo(50, withinPercentage(2));
    }

    /** What the truth takes for throughput with callers who think. */
    @Test
    void thinkingCallersDoAsTheFormulaSays() {
        Server server = Server.cores(8, 100, 0.01);
        Work work = Work.closed(30, 0.03);

        for (int size : new int[] {2, 6, 10, 30}) {
            assertThat(simulated(server, work, size).done() / 100.0)
                    .isCloseTo(new Truth(server, work).throughput(size), withinPercentage(2));
        }
    }

    @Test
    void stallsAndDriftAreSeen() {
        SimulatedLoad load =
                new SimulatedLoad(Server.cores(8, 100, 0), Work.closed(30, 0), 0.02, true, new SplittableRandom(3));

        List<Double> throughputs = Stream.generate(() -> load.measure(8, Efforts.USUAL))
                .limit(60)
                .map(Measured::throughput)
                .toList();

        assertThat(throughputs).anyMatch(x -> x < 750).anyMatch(x -> x > 805);
        assertThat(load.nanos())
                .isEqualTo(Efforts.USUAL.total().multipliedBy(60).toNanos());
    }

    private static Simulation simulated(Server server, Work work, int size) {
        Simulation simulation = new Simulation(server, work, size, new SplittableRandom(1));
        simulation.run(10, 1);
        simulation.measure();
        simulation.run(100, 1);
        return simulation;
    }
}
