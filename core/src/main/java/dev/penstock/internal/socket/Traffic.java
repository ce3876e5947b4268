package dev.penstock.internal.socket;

/** Sees the bytes of a session while it is being opened. Called by the one thread that opens it. */
public interface Traffic {
    /** About to be sent. */
    void sent(byte[] bytes, int offset, int length);

    /** Just received. */
    void received(byte[] bytes, int offset, int length);
}
