/**
 * What the breaker and the gate promise, measured against a real PostgreSQL behind faults.
 *
 * <p>In the order of use: {@link dev.penstock.tools.breaker.Measurements} lists what is measured; each sets a {@link
 * dev.penstock.tools.breaker.Stage} with {@link dev.penstock.tools.breaker.Borrowers} on it and comes to {@link
 * dev.penstock.tools.report.Row}s, which {@link dev.penstock.tools.report.RowReport} prints.
 */
@NullMarked
package dev.penstock.tools.breaker;

import org.jspecify.annotations.NullMarked;
