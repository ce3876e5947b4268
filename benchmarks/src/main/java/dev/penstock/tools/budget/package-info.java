/**
 * {@code budget}: whether the pools of a fleet fit their server, what sizes would, who is connected to it now, and how
 * many connections are needed. A command computes everything before it prints anything: the result alone goes to
 * standard output, whatever else there is to say to standard error.
 */
@NullMarked
package dev.penstock.tools.budget;

import org.jspecify.annotations.NullMarked;
