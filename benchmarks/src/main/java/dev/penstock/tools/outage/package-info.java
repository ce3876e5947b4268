/**
 * The outage benchmark: what twenty callers of each pool live through while the database is away, and after it.
 *
 * <p>In the order of use: {@link dev.penstock.tools.outage.OutageCommand} reads the options, {@link
 * dev.penstock.tools.outage.OutageRunner} goes through the cells (one pool, one {@link
 * dev.penstock.tools.outage.Fault}), each with a {@link dev.penstock.tools.outage.Stage} in this JVM and a {@link
 * dev.penstock.tools.outage.Cell} in a JVM of its own; {@link dev.penstock.tools.outage.Tally} makes figures of what
 * its callers saw, {@link dev.penstock.tools.outage.Promise} judges ours and {@link
 * dev.penstock.tools.outage.OutageReport} prints all.
 */
@NullMarked
package dev.penstock.tools.outage;

import org.jspecify.annotations.NullMarked;
