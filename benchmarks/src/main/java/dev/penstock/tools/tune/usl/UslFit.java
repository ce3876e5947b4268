package dev.penstock.tools.tune.usl;

/**
 * The law that fits best.
 *
 * @param law the coefficients
 * @param error how far throughputs are from it: root of the mean square of relative errors, 0.02 for 2 %
 */
public record UslFit(Usl law, double error) {}
