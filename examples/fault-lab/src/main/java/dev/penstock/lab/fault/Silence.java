package dev.penstock.lab.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A time in which a link says nothing and keeps what the client sends, for whoever is to answer in the end.
 *
 * <p>It reads a little all the same: a start-up packet is smaller than the limit, so a client that gives up during the
 * handshake is noticed, while a client that sends a lot finds nobody reading. One thread's alone.
 */
final class Silence {
    private static final int LIMIT = 4 * 1024;

    private final byte[] chunk = new byte[LIMIT];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /**
     * Returns when the time is up or the limit is reached.
     *
     * @throws EOFException when the client left
     */
    void keepUntil(long endNanos, Socket client) throws IOException {
        while (kept.size() < LIMIT) {
            long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (millis <= 0) {
                break;
            }
            client.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
            try {
                keep(client.getInputStream().read(chunk, 0, LIMIT - kept.size()));
            } catch (SocketTimeoutException timeIsUp) {
                // seen at the head of the loop
            }
        }
        client.setSoTimeout(0);
    }

    private void keep(int length) throws EOFException {
        if (length < 0) {
            throw new EOFException("the client left");
        }
        kept.write(chunk, 0, length);
    }

    byte[] kept() {
        return kept.toByteArray();
    }
}
