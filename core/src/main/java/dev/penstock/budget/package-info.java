/**
 * Whether the pools of a fleet fit into what a PostgreSQL server allows, what sizes would, and how many connections are
 * needed at all. Pure: nothing here does I/O, reads a clock or keeps state.
 *
 * <p>A {@link dev.penstock.budget.Plan} says what there is and what is asked for, an {@link
 * dev.penstock.budget.Assessment} adds it up, a {@link dev.penstock.budget.Recommendation} makes it fit, and {@link
 * dev.penstock.budget.PoolSizing} says how much of it is needed. All types are immutable, so that any thread may use
 * them; connections are counted exactly, in whole numbers.
 */
@NullMarked
package dev.penstock.budget;

import org.jspecify.annotations.NullMarked;
