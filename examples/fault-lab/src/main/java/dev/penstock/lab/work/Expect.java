package dev.penstock.lab.work;

/** What must be so; the lab has no library for that outside of tests. */
final class Expect {
    private Expect() {}

    /** @throws IllegalStateException with the thing and both values, if they differ */
    static void same(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException(what + " must be " + expected + ", but was " + found);
        }
    }
}
