package dev.penstock.internal.session;

import dev.penstock.ConnectPhase;
import dev.penstock.internal.socket.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * Reads off the wire how far the opening of a session has come, so that a failure can name its phase
 * without asking the driver or the text of an exception.
 *
 * <p>Plain text is read exactly: the first packet is a request for encryption or the startup packet,
 * the server's first {@code R} begins authentication. Inside TLS only record headers are visible: the
 * first application-data record that the client sends ends the handshake, and the startup packet goes
 * out with it; a client that sends again after an answer is authenticating.
 *
 * <p>Written by the thread that opens the session, read by others: hence volatile.
 */
final class WirePhase implements Traffic {
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int TLS_HANDSHAKE = 22;
    private static final int TLS_APPLICATION_DATA = 23;

    private volatile ConnectPhase phase = ConnectPhase.STARTUP;
    private volatile boolean encrypted;
    private volatile boolean answered;
    private boolean begun;
    private @Nullable PhaseTimes times;

    /** Has the times of the phases taken; before the first byte. */
    void timedBy(PhaseTimes takesTheTime) {
        times = takesTheTime;
    }

    /** How far it has come. */
    ConnectPhase phase() {
        return phase;
    }

    /**
     * The phase of a failure that the driver threw by itself, without an I/O error: if the TLS
     * handshake is through and the server has not spoken since, it is the certificate or its name that
     * was refused.
     */
    ConnectPhase phaseOfRefusalByDriver() {
        return encrypted && phase == ConnectPhase.STARTUP && !answered ? ConnectPhase.TLS : phase;
    }

    @Override
    public void sent(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (!begun) {
            begun = true;
            enter(requestsEncryption(bytes, offset, length) ? ConnectPhase.TLS : ConnectPhase.STARTUP);
        } else if (phase == ConnectPhase.TLS) {
            leaveTlsWith(bytes[offset]);
        } else if (encrypted && answered && phase != ConnectPhase.AUTH) {
            enter(ConnectPhase.AUTH);
        }
    }

    private void enter(ConnectPhase next) {
        phase = next;
        if (times != null) {
            times.enter(next);
        }
    }

    private void leaveTlsWith(byte first) {
        if (first == TLS_APPLICATION_DATA) {
            encrypted = true;
            answered = false;
            enter(ConnectPhase.STARTUP);
        } else if (first == 0 && answered) {
            // the server refused encryption, and a startup packet goes out in plain text; without an answer it is
            // the driver flushing its request once more as it closes a socket that is dead
            enter(ConnectPhase.STARTUP);
        }
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        answered = true;
        if (!encrypted && phase == ConnectPhase.STARTUP && bytes[offset] == 'R') {
            enter(ConnectPhase.AUTH);
        }
    }

    private static boolean requestsEncryption(byte[] bytes, int offset, int length) {
        if (bytes[offset] == TLS_HANDSHAKE) {
            return true;
        }
        if (length < 8) {
            return false;
        }
        int code = 0;
        for (int i = 4; i < 8; i++) {
            code = (code << 8) | (bytes[offset + i] & 0xff);
        }
        return code == SSL_REQUEST || code == GSS_REQUEST;
    }
}
