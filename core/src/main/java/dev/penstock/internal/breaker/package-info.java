/**
 * Below the pool: whether a new physical connection may be tried. Resilience4j's circuit breaker, fed by
 * connect outcomes, and what follows from its state: probes, the parked creator, the slow start.
 */
@NullMarked
package dev.penstock.internal.breaker;

import org.jspecify.annotations.NullMarked;
