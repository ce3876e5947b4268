package dev.penstock.tools.turns;

/**
 * What borrow and return may cost above bare HikariCP.
 *
 * @param nanos for the upper 95 % bound
 * @param bytes allocated
 */
public record Promise(double nanos, int bytes) {}
