package dev.penstock.tools.tune.search;

/** A figure by the size of the pool. */
@FunctionalInterface
interface Curve {
    double at(double size);
}
