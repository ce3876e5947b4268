/**
 * What Penstock costs in something that mostly others do: both sides in one JVM, in pairs, in many JVMs.
 *
 * <p>Most of a connect, or of a round trip, is the server's work, and that drifts by more than Penstock could cost. So
 * both sides are measured in one JVM in {@link dev.penstock.tools.pairs.Pairs}, the order within a pair drawn at
 * random: what drifts slowly hits both alike. What one JVM does to both (compilation, memory layout) is evened out by
 * many JVMs, started one after the other. Each {@link dev.penstock.tools.pairs.Fork} gives one figure: the mean
 * difference within a pair, against the mean of plain, each without a tenth at either end. Unlike a ratio of medians it
 * does see a cost that comes up in every fifth pair only, unlike plain means it is not decided by one stall, and what
 * changes from pair to pair, such as other work on the machine, cancels out. The forks are the independent
 * observations: geometric mean over them and Student's t on the logarithms give the 95 % interval, whose upper end is
 * judged.
 *
 * <p>A command starts a server and its {@link dev.penstock.tools.pairs.Forks}; in each, a hidden command with a {@link
 * dev.penstock.tools.pairs.ForkEnd} measures and prints a {@link dev.penstock.tools.pairs.ForkResult}.
 */
@NullMarked
package dev.penstock.tools.pairs;

import org.jspecify.annotations.NullMarked;
