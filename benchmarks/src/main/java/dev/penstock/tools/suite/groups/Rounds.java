package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Side;
import dev.penstock.lab.stats.Interval;
import dev.penstock.tools.suite.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What JVMs of both sides have measured, by name of the figure and round by round.
 *
 * @param bare of HikariCP alone
 * @param other of Penstock; index by index from the same round
 */
record Rounds(List<Map<String, Double>> bare, List<Map<String, Double>> other) {
    private static final int AT_ONCE = 4;

    Rounds {
        bare = List.copyOf(bare);
        other = List.copyOf(other);
        if (bare.size() != other.size() || bare.isEmpty()) {
            throw new IllegalArgumentException("there must be as many JVMs of either side, and one at least, but were "
                    + bare.size() + " and " + other.size());
        }
    }

    /** A JVM of one side. */
    interface Fork {
        Map<String, Double> measure(Side side) throws Exception;
    }

    /** One JVM after the other: HikariCP first in round 1, 3, …, the other first in the others. */
    static Rounds inTurn(int count, Side other, Fork fork, Consumer<String> progress) throws Exception {
        return of(allInTurn(count, List.of(Side.HIKARI, other), fork, progress), other);
    }

    /** One side of many against HikariCP. */
    static Rounds of(Map<Side, List<Map<String, Double>>> all, Side other) {
        return new Rounds(all.getOrDefault(Side.HIKARI, List.of()), all.getOrDefault(other, List.of()));
    }

    /** The same with more sides: in this order in round 1, 3, …, in the opposite one in the others. */
    static Map<Side, List<Map<String, Double>>> allInTurn(
            int count, List<Side> sides, Fork fork, Consumer<String> progress) throws Exception {
        Map<Side, List<Map<String, Double>>> all = new EnumMap<>(Side.class);
        for (int round = 1; round <= count; round++) {
            List<Side> order = new ArrayList<>(sides);
            if (round % 2 == 0) {
                Collections.reverse(order);
            }
            for (Side side : order) {
                all.computeIfAbsent(side, any -> new ArrayList<>()).add(fork.measure(side));
            }
            progress.accept("round " + round + " of " + count);
        }
        return all;
    }

    /** Several JVMs at a time, for what is no matter of time. */
    static Rounds atOnce(int count, Side other, Fork fork, Consumer<String> progress) throws Exception {
        ExecutorService starters = Executors.newFixedThreadPool(AT_ONCE);
        try {
            progress.accept(2 * count + " JVMs, " + AT_ONCE + " at a time");
            List<Future<Map<String, Double>>> bare = new ArrayList<>();
            List<Future<Map<String, Double>>> others = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                bare.add(starters.submit(() -> fork.measure(Side.HIKARI)));
                others.add(starters.submit(() -> fork.measure(other)));
            }
            return new Rounds(results(bare), results(others));
        } finally {
            starters.shutdownNow();
        }
    }

    private static List<Map<String, Double>> results(List<Future<Map<String, Double>>> running) throws Exception {
        List<Map<String, Double>> results = new ArrayList<>();
        for (Future<Map<String, Double>> fork : running) {
            try {
                results.add(fork.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
        return results;
    }

    int count() {
        return bare.size();
    }

    /** Penstock's figure to HikariCP's in the same round. */
    Interval ratio(String name) {
        return Interval.ofRatios(inPairs(name, (plain, penstock) -> penstock / plain));
    }

    /** What Penstock's figure is more than HikariCP's in the same round. */
    Interval above(String name) {
        return Interval.ofValues(inPairs(name, (plain, penstock) -> penstock - plain));
    }

    private double[] inPairs(String name, DoubleBinaryOperator operator) {
        return IntStream.range(0, count())
                .mapToDouble(i ->
                        operator.applyAsDouble(Observed.value(bare.get(i), name), Observed.value(other.get(i), name)))
                .toArray();
    }

    /** HikariCP's row. */
    Figure bareRow(String row, String name, String unit) {
        return new Figure(row, Observed.median(bare, name), unit, null, null, null, count(), null);
    }

    /** Penstock's row. */
    Figure row(String row, String name, String unit, Figure.@Nullable Kept promise) {
        return new Figure(row, Observed.median(other, name), unit, ratio(name), above(name), null, count(), promise);
    }
}
