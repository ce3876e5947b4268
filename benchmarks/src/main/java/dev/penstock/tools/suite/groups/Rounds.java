package dev.penstock.tools.suite.groups;

import dev.penstock.bench.Contender;
import dev.penstock.lab.stats.Interval;
import dev.penstock.lab.stats.Sample;
import dev.penstock.tools.suite.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Double> measure(Contender side) throws Exception;
    }

    /** HikariCP first in round 1, 3, …, Penstock first in the others. */
    static Rounds run(int count, Fork fork, Consumer<String> progress) throws Exception {
        Map<Contender, List<Map<String, Double>>> all = new EnumMap<>(Contender.class);
        for (int round = 1; round <= count; round++) {
            for (Contender side : order(round)) {
                all.computeIfAbsent(side, any -> new ArrayList<>()).add(fork.measure(side));
            }
            progress.accept("round " + round + " of " + count);
        }
        return new Rounds(
                all.getOrDefault(Contender.HIKARI, List.of()), all.getOrDefault(Contender.PENSTOCK, List.of()));
    }

    static List<Contender> order(int round) {
        List<Contender> order = new ArrayList<>(List.of(Contender.HIKARI, Contender.PENSTOCK));
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
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
                .mapToDouble(i -> operator.applyAsDouble(value(bare.get(i), name), value(other.get(i), name)))
                .toArray();
    }

    /** HikariCP's row. */
    Figure bareRow(String row, String name, String unit) {
        return new Figure(row, median(bare, name), unit, null, null, null, count(), null);
    }

    /** Penstock's row. */
    Figure row(String row, String name, String unit, Figure.@Nullable Kept promise) {
        return new Figure(row, median(other, name), unit, ratio(name), above(name), null, count(), promise);
    }

    private static double median(List<Map<String, Double>> side, String name) {
        return Sample.of(side.stream()
                        .mapToDouble(figures -> value(figures, name))
                        .toArray())
                .median();
    }

    private static double value(Map<String, Double> figures, String name) {
        Double value = figures.get(name);
        if (value == null) {
            throw new IllegalStateException("a fork must print '" + name + "', but printed " + figures.keySet());
        }
        return value;
    }
}
