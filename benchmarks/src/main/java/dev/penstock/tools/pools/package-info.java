/**
 * Connection pools that Penstock is compared with: where they connect to, and how each of them is told so.
 *
 * <p>{@link dev.penstock.tools.pools.PlainPools} knows address and credentials only; what else a benchmark wants of a
 * pool it adds itself, then starts it.
 */
@NullMarked
package dev.penstock.tools.pools;

import org.jspecify.annotations.NullMarked;
