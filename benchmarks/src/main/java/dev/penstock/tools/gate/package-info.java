/**
 * What gate and breaker cost where nothing is wrong: borrow and return on a healthy pool, JMH forks in turn.
 *
 * <p>{@link dev.penstock.tools.gate.GateBenchCommand} runs {@link dev.penstock.tools.gate.GateFork}s of {@link
 * dev.penstock.bench.GateBenchmark} and judges their {@link dev.penstock.tools.gate.GateResult}.
 */
@NullMarked
package dev.penstock.tools.gate;

import org.jspecify.annotations.NullMarked;
