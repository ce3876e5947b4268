package dev.penstock.tools.borrow;

import dev.penstock.bench.Side;
import dev.penstock.tools.Rules;
import dev.penstock.tools.report.Lines;
import dev.penstock.tools.turns.Promise;
import dev.penstock.tools.turns.TurnOptions;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
        Consumer<String> lines = Lines.to(spec.commandLine().getOut());
        BorrowRounds rounds = rounds();
        lines.accept("Borrow and return, stack depth "
                + rounds.depths().stream().map(String::valueOf).collect(Collectors.joining(" and ")) + "; "
                + options.perFork());
        BorrowReport report = rounds.measure(lines);
        Promise promise = new Promise(most, mostBytes);
        report.table().lines().forEach(lines);
        report.verdicts(promise).forEach(lines);
        return check && !report.keeps(promise) ? 1 : 0;
    }

    private BorrowRounds rounds() {
        return new BorrowRounds(
                options,
                new TreeSet<>(depths),
                List.of(Side.HIKARI, Side.PENSTOCK),
                noPeers ? List.of() : Side.peers(),
                peerForks);
    }

    private void checkOptions() {
        Rules rules = new Rules(spec);
        depths.forEach(depth -> rules.between("--depth", 1, 1000, depth));
        options.check(rules);
        rules.between("--peer-forks", 2, 100, peerForks);
        rules.require("--most", "must be above 0", most, most > 0);
        rules.between("--most-bytes", 0, 100_000, mostBytes);
    }
}
