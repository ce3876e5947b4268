package dev.penstock.internal.socket;

/** The message that ends every answer: {@code Z}, its length 5, and the state of the transaction. */
final class ReadyForQuery {
    /** In the place of a state: no such message. */
    static final byte NONE = 0;

    static final byte IDLE = 'I';
    static final byte IN_TRANSACTION = 'T';
    static final byte FAILED = 'E';

    private static final int LENGTH = 6;

    private ReadyForQuery() {}

    /** Its state if these bytes end with it, else {@link #NONE}; inside TLS they never do. */
    static byte endOf(byte[] bytes, int offset, int count) {
        int at = offset + count - LENGTH;
        boolean ends = count >= LENGTH
                && bytes[at] == 'Z'
                && bytes[at + 4] == 5
                && bytes[at + 1] == 0
                && bytes[at + 2] == 0
                && bytes[at + 3] == 0;
        return ends ? known(bytes[at + 5]) : NONE;
    }

    private static byte known(byte state) {
        return state == IDLE || state == IN_TRANSACTION || state == FAILED ? state : NONE;
    }
}
