package dev.penstock.tools.borrow;

import dev.penstock.bench.Side;
import dev.penstock.tools.turns.Fork;
import dev.penstock.tools.turns.TurnOptions;
import dev.penstock.tools.turns.Turns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Who is measured in which round.
 *
 * @param depths of the stack at the borrow
 * @param always sides of every round; HikariCP is one of them
 * @param peers sides of the first rounds, besides
 * @param peerForks that many
 */
record BorrowRounds(
        TurnOptions options, SortedSet<Integer> depths, List<Side> always, List<Side> peers, int peerForks) {
    BorrowReport measure(Consumer<String> progress) throws RunnerException {
        BorrowReport report = new BorrowReport();
        for (int i = 1; i <= options.forks(); i++) {
            for (int depth : depths) {
                Map<Side, Fork> round = new Turns(options, depth).round(i, sides(i));
                report.add(depth, round);
                progress.accept(line(i, depth, round));
            }
        }
        return report;
    }

    private List<Side> sides(int round) {
        List<Side> sides = new ArrayList<>(always);
        if (round <= peerForks) {
            sides.addAll(peers);
        }
        return sides;
    }

    private String line(int number, int depth, Map<Side, Fork> round) {
        return round.entrySet().stream()
                .map(entry -> entry.getKey().title() + " " + entry.getValue())
                .collect(Collectors.joining(
                        ", ",
                        String.format(Locale.ROOT, "fork %3d of %d, depth %3d: ", number, options.forks(), depth),
                        ""));
    }
}
