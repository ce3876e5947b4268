package dev.penstock.tools.borrow;

import dev.penstock.bench.Side;
import dev.penstock.tools.Rules;
import dev.penstock.tools.turns.Fork;
import dev.penstock.tools.turns.Promise;
import dev.penstock.tools.turns.TurnOptions;
import dev.penstock.tools.turns.Turns;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench borrow}: borrow and return with leases watched, against bare HikariCP, which is judged, and beside what
 * other pools take, which is not.
 */
@Command(
        name = "borrow",
        mixinStandardHelpOptions = true,
        description = {
            "Borrow and return with leak detection on against bare HikariCP, at several depths of the stack, and other"
                    + " pools with and without their own: JMH forks in turn. Prints nanoseconds and bytes per borrow"
                    + " and their difference with its 95 %% interval."
        })
@SuppressWarnings("NullAway.Init") // set by picocli
public final class BorrowBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--depth",
            paramLabel = "N",
            split = ",",
            defaultValue = "10,100",
            description = "Frames of the stack at the borrow, 1 to 1000. Default ${DEFAULT-VALUE}.")
    private List<Integer> depths;

    @Mixin
    private TurnOptions options;

    @Option(
            names = "--peer-forks",
            paramLabel = "N",
            defaultValue = "3",
            description = "JVMs per other pool, 2 to 100, and no more than --forks. Default ${DEFAULT-VALUE}.")
    private int peerForks;

    @Option(names = "--no-peers", description = "HikariCP and Penstock only.")
    private boolean noPeers;

    @Option(
            names = "--most",
            paramLabel = "NS",
            defaultValue = "45",
            description = "What the upper 95 %% bound of the difference may be, at every depth. Default"
                    + " ${DEFAULT-VALUE}, which is the promise.")
    private double most;

    @Option(
            names = "--most-bytes",
            paramLabel = "B",
            defaultValue = "64",
            description = "What may be allocated above HikariCP. Default ${DEFAULT-VALUE}, which is the promise.")
    private int mostBytes;

    @Option(names = "--check", description = "Exit code 1 if either is more.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        checkOptions();
        SortedSet<Integer> distinct = new TreeSet<>(depths);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Borrow and return, stack depth "
                + distinct.stream().map(String::valueOf).collect(Collectors.joining(" and ")) + "; "
                + options.perFork());
        out.flush();
        BorrowReport report = measure(distinct, out);
        Promise promise = new Promise(most, mostBytes);
        report.table().lines().forEach(out::println);
        report.verdicts(promise).forEach(out::println);
        out.flush();
        return check && !report.keeps(promise) ? 1 : 0;
    }

    private void checkOptions() {
        Rules rules = new Rules(spec);
        depths.forEach(depth -> rules.between("--depth", 1, 1000, depth));
        options.check(rules);
        rules.between("--peer-forks", 2, 100, peerForks);
        rules.require("--most", "must be above 0", most, most > 0);
        rules.between("--most-bytes", 0, 100_000, mostBytes);
    }

    private BorrowReport measure(SortedSet<Integer> distinct, PrintWriter out) throws RunnerException {
        BorrowReport report = new BorrowReport();
        for (int i = 1; i <= options.forks(); i++) {
            for (int depth : distinct) {
                Map<Side, Fork> round = new Turns(options, depth).round(i, sides(i));
                report.add(depth, round);
                out.println(progress(i, depth, round));
                out.flush();
            }
        }
        return report;
    }

    private List<Side> sides(int round) {
        List<Side> sides = new ArrayList<>(List.of(Side.HIKARI, Side.PENSTOCK));
        if (!noPeers && round <= peerForks) {
            sides.addAll(Side.peers());
        }
        return sides;
    }

    private String progress(int number, int depth, Map<Side, Fork> round) {
        return round.entrySet().stream()
                .map(entry -> entry.getKey().title() + " " + entry.getValue())
                .collect(Collectors.joining(
                        ", ",
                        String.format(Locale.ROOT, "fork %3d of %d, depth %3d: ", number, options.forks(), depth),
                        ""));
    }
}
