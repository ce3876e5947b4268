/**
 * What a running PostgreSQL server has to say about a budget: its limits, who is connected to it, and how that compares
 * with a declared {@link dev.penstock.budget.Plan}.
 *
 * <p>{@link dev.penstock.budget.live.BudgetProbe} asks, over a connection of the caller's; all else is immutable and
 * does no I/O, so that any thread may use it.
 */
@NullMarked
package dev.penstock.budget.live;

import org.jspecify.annotations.NullMarked;
