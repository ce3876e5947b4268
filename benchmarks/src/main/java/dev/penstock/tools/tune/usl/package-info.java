/**
 * The Universal Scalability Law, and how it is fitted to measurements.
 *
 * <p>Source: Neil J. Gunther, Guerrilla Capacity Planning, Springer 2007, chapters 4 to 6; A General Theory of
 * Computational Scalability Based on Rational Functions, arXiv:0808.1431. Its two terms have a meaning: contention is
 * what is done one after the other (Amdahl, 1967), coherency what everybody has to agree upon with everybody.
 *
 * <p>Gunther fits a parabola through deviations from linear scaling, which needs a measurement of one connection and
 * may give negative coefficients. Here all three coefficients are fitted at once to {@code n / X}, in which they are
 * linear, with relative errors and bounds; a sole measurement of one connection then does not decide about all.
 */
@NullMarked
package dev.penstock.tools.tune.usl;

import org.jspecify.annotations.NullMarked;
