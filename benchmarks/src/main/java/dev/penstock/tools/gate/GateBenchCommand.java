package dev.penstock.tools.gate;

import dev.penstock.tools.Rules;
import dev.penstock.tools.gate.GateFork.Side;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench gate}: borrow and return on a healthy pool, HikariCP alone against HikariCP with gate and breaker.
 *
 * <p>Some 100 ns in which nobody else must have a part: JMH, one side per JVM, because in one JVM the second side to
 * run would find call sites that the first has made ambiguous. What one JVM happens to be (the order of compilation,
 * the layout of memory) differs by more than Penstock costs, so there are many, and what drifts on the machine hits
 * both sides alike because they take turns, each first in every other pair. The forks are the independent observations
 * for the 95 % interval, whose upper end is judged.
 *
 * <p>Judged is the processor time of the benchmark's thread, which waits for nothing: on an idle machine the same as
 * the time on the clock, which is shown beside it, and on a busy one without the time that others had the processor. Of a fork's
 * many short iterations the fastest counts, for the same reason.
 */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Borrow and return with gate and breaker against bare HikariCP: JMH forks in turn. Prints nanoseconds"
                    + " and bytes per borrow and their difference with its 95 %% interval."
        })
public final class GateBenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "12",
            description = "JVMs per side, 2 to 100. Default ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of the measurement, and as many before it to warm up, 1 to 100. Default ${DEFAULT-VALUE}.")
    private int iterations;

    @Option(
            names = "--time",
            paramLabel = "MS",
            defaultValue = "250",
            description = "Milliseconds per iteration, 10 to 10000. Default ${DEFAULT-VALUE}.")
    private int millis;

    @Option(
            names = "--most",
            paramLabel = "NS",
            defaultValue = "15",
            description = "What the upper 95 %% bound of the difference may be. Default ${DEFAULT-VALUE}, which is the"
                    + " promise.")
    private double most;

    @Option(names = "--check", description = "Exit code 1 if the bound is above that, or bytes are allocated.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        Rules rules = new Rules(spec);
        rules.between("--forks", 2, 100, forks);
        rules.between("--iterations", 1, 100, iterations);
        rules.between("--time", 10, 10_000, millis);
        rules.require("--most", "must be above 0", most, most > 0);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Borrow and return, penstock against bare HikariCP, stack depth 10; per fork a server, then "
                + iterations + " iterations of " + millis + " ms to warm up and as many measured");
        out.flush();
        GateResult result = measure(out);
        result.lines(most).forEach(out::println);
        out.flush();
        return check && !result.within(most) ? 1 : 0;
    }

    private GateResult measure(PrintWriter out) throws RunnerException {
        List<GateFork> bare = new ArrayList<>();
        List<GateFork> guarded = new ArrayList<>();
        for (int i = 1; i <= forks; i++) {
            Map<Side, GateFork> pair = pair(i % 2 == 1);
            bare.add(pair.get(Side.BARE));
            guarded.add(pair.get(Side.GUARDED));
            out.println(String.format(
                    Locale.ROOT,
                    "fork %3d of %d: bare %6.1f ns (clock %6.1f) %5.1f B, penstock %6.1f ns (clock %6.1f) %5.1f B",
                    i,
                    forks,
                    bare.get(i - 1).nanos(),
                    bare.get(i - 1).clockNanos(),
                    bare.get(i - 1).bytes(),
                    guarded.get(i - 1).nanos(),
                    guarded.get(i - 1).clockNanos(),
                    guarded.get(i - 1).bytes()));
            out.flush();
        }
        return new GateResult(bare, guarded);
    }

    private Map<Side, GateFork> pair(boolean bareFirst) throws RunnerException {
        List<Side> order = bareFirst ? List.of(Side.BARE, Side.GUARDED) : List.of(Side.GUARDED, Side.BARE);
        Map<Side, GateFork> pair = new EnumMap<>(Side.class);
        for (Side side : order) {
            pair.put(side, GateFork.run(side, iterations, millis));
        }
        return pair;
    }
}
