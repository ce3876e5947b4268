package dev.penstock.internal.socket;

/** The message that ends every answer: {@code Z}, its length 5, and the state of the transaction. */
final class ReadyForQuery {
    private static final int LENGTH = 6;

    private ReadyForQuery() {}

    /** Whether these bytes end with it; inside TLS they never do. */
    static boolean ends(byte[] bytes, int offset, int count) {
        int at = offset + count - LENGTH;
        return count >= LENGTH
                && bytes[at] == 'Z'
                && bytes[at + 4] == 5
                && bytes[at + 1] == 0
                && bytes[at + 2] == 0
                && bytes[at + 3] == 0;
    }
}
