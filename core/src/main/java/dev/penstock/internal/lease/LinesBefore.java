package dev.penstock.internal.lease;

/** Nothing but 128 bytes, see {@link HeldApart}. */
@SuppressWarnings("UnusedVariable")
abstract class LinesBefore {
    /** Otherwise a reference of the class below would be put here, beside the header. */
    private int behindTheHeader;

    private long a0, a1, a2, a3, a4, a5, a6, a7;
    private long b0, b1, b2, b3, b4, b5, b6, b7;
}
