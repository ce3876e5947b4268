package dev.penstock.tools.addresses;

/**
 * How much is measured.
 *
 * @param first repetitions of the first connect past black holes
 * @param warmUp connects through the connector before the pairs; they warm the driver up as well, whose code they run
 *     through. Not all is compiled then: that takes some 2,000 and would take too long here
 * @param pairs per block of second connects
 * @param silent repetitions of the connect past silent servers
 * @param waiting whether to run the cases that only wait, and plain pgjdbc
 */
record Plan(int first, int warmUp, int pairs, int silent, boolean waiting) {
    static final Plan FULL = new Plan(5, 700, 100, 3, true);
    static final Plan QUICK = new Plan(2, 700, 100, 1, false);
}
