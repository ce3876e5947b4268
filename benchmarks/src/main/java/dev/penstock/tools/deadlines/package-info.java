/**
 * The fault matrix: every way known to us in which a server can keep a client waiting, and how far a connect
 * overshoots its deadline there.
 *
 * <p>In the order of use: {@link dev.penstock.tools.deadlines.FaultMatrix} lists the cases, a {@link
 * dev.penstock.tools.deadlines.Stage} is set for each, {@link dev.penstock.tools.deadlines.CaseRunner} runs one
 * and {@link dev.penstock.tools.deadlines.MatrixRunner} all of them, {@link
 * dev.penstock.tools.deadlines.MatrixReport} prints.
 */
@NullMarked
package dev.penstock.tools.deadlines;

import org.jspecify.annotations.NullMarked;
