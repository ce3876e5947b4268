package dev.penstock.internal.lease;

/**
 * Nothing but 128 bytes, see {@link HeldApart}. A class of its own: some JVMs put the references of a class before its
 * numbers, where those of the class above end.
 */
@SuppressWarnings("UnusedVariable")
abstract class LinesBehind extends HeldApart {
    private long c0, c1, c2, c3, c4, c5, c6, c7;
    private long d0, d1, d2, d3, d4, d5, d6, d7;
}
