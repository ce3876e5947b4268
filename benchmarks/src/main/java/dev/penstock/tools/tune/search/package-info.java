/**
 * Which size of a pool to measure next, and what to make of what was measured. Knows nothing of servers: {@link
 * dev.penstock.tools.tune.search.Load} is one, or the simulation of one.
 */
@NullMarked
package dev.penstock.tools.tune.search;

import org.jspecify.annotations.NullMarked;
