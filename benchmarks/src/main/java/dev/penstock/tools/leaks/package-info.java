/**
 * What the leak detection promises, measured over real pools and a real PostgreSQL.
 *
 * <p>In the order of use: {@link dev.penstock.tools.leaks.Measurements} lists what is measured; each opens {@link
 * dev.penstock.tools.leaks.WatchedPool}s, has them borrowed from, leaks, and comes to {@link
 * dev.penstock.tools.report.Row}s.
 */
@NullMarked
package dev.penstock.tools.leaks;

import org.jspecify.annotations.NullMarked;
