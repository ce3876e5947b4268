/**
 * Groups of the suite that measure in JVMs of their own: how borrow and return scale, what statements cost, what the
 * sweeper, how much memory.
 *
 * <p>{@link dev.penstock.tools.suite.groups.Rounds} starts one JVM after the other, each for one side, as {@link
 * dev.penstock.tools.turns} does and for the same reasons; but here one JVM measures all rows of a group, one after the
 * other, so that many rows do not take as many starts. In it {@link dev.penstock.tools.suite.groups.GroupFork} does
 * {@link dev.penstock.tools.suite.groups.Work} and prints figures by name. The JVMs of a row are the independent
 * observations for its 95 % interval.
 */
@NullMarked
package dev.penstock.tools.suite.groups;

import org.jspecify.annotations.NullMarked;
