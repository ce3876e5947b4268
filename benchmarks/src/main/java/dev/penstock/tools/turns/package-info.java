/**
 * What a borrow costs where nothing is wrong: JMH forks of one side each, in turn.
 *
 * <p>Some 100 ns in which nobody else must have a part: one side per JVM, because in one JVM the second side to run
 * would find call sites that the first has made ambiguous. What one JVM happens to be (the order of compilation, the
 * layout of memory) differs by more than Penstock costs, so there are many, and what drifts on the machine hits all
 * sides alike because they take {@link dev.penstock.tools.turns.Turns}, each first as often as last. The {@link
 * dev.penstock.tools.turns.Fork}s are the independent observations for the 95 % interval of a {@link
 * dev.penstock.tools.turns.Comparison}, whose upper end is judged.
 *
 * <p>Judged is the processor time of the benchmark's thread, which waits for nothing: on an idle machine the same as
 * the time on the clock, which is shown beside it, and on a busy one without the time that others had the processor. Of
 * a fork's many short iterations the fastest counts, for the same reason.
 */
@NullMarked
package dev.penstock.tools.turns;

import org.jspecify.annotations.NullMarked;
