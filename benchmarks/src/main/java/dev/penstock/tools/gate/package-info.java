/** What gate and breaker cost where nothing is wrong; {@link dev.penstock.tools.turns} says how that is measured. */
@NullMarked
package dev.penstock.tools.gate;

import org.jspecify.annotations.NullMarked;
