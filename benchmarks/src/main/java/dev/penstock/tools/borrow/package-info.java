/**
 * What watching leases costs where nothing leaks, beside what other pools take for it; {@link
 * dev.penstock.tools.turns} says how that is measured.
 */
@NullMarked
package dev.penstock.tools.borrow;

import org.jspecify.annotations.NullMarked;
