package dev.penstock.tools.tune.search;

/**
 * What is measured next.
 *
 * @param size of the pool
 * @param why for people: "the best throughput seems to be here"
 */
public record Plan(int size, String why) {}
