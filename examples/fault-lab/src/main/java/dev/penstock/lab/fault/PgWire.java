package dev.penstock.lab.fault;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * As much of PostgreSQL's protocol 3.0 as a server needs that means to break off during the handshake.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-message-formats.html">Message Formats</a>
 */
final class PgWire {
    private static final int CANCEL_REQUEST = 80877102;
    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;
    private static final int MAX_STARTUP = 10_000;

    private PgWire() {}

    /** Reads up to and including the SSLRequest; what follows it is for the caller to decide. */
    static void readSslRequest(Link link) throws IOException {
        DataInputStream in = new DataInputStream(link.fromClient());
        while (true) {
            int length = in.readInt();
            int code = in.readInt();
            if (code == SSL_REQUEST) {
                return;
            }
            if (code != GSS_REQUEST) {
                throw new EOFException("expected an SSLRequest, but was " + length + " bytes of type " + code);
            }
            link.toClient().write('N');
        }
    }

    /** Reads the StartupMessage, after declining whatever encryption was asked for. */
    static void readStartup(Link link) throws IOException {
        DataInputStream in = new DataInputStream(link.fromClient());
        while (true) {
            int length = in.readInt();
            int code = in.readInt();
            if (code == CANCEL_REQUEST || length < 8 || length > MAX_STARTUP) {
                throw new EOFException("expected a StartupMessage, but was " + length + " bytes of type " + code);
            }
            if (code == SSL_REQUEST || code == GSS_REQUEST) {
                link.toClient().write('N');
            } else {
                in.readNBytes(length - 8);
                return;
            }
        }
    }

    static byte[] error(String severity, String sqlState, String message) {
        return report('E', severity, sqlState, message);
    }

    static byte[] notice(String message) {
        return report('N', "NOTICE", "00000", message);
    }

    private static byte[] report(char type, String severity, String sqlState, String message) {
        String fields = "S" + severity + "\0V" + severity + "\0C" + sqlState + "\0M" + message + "\0\0";
        return message(type, fields.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] authenticationOk() {
        return message('R', new byte[4]);
    }

    static byte[] parameterStatus(String name, String value) {
        return message('S', (name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    static byte[] backendKeyData(int pid, int secret) {
        return message('K', ByteBuffer.allocate(8).putInt(pid).putInt(secret).array());
    }

    static byte[] readyForQuery() {
        return message('Z', new byte[] {'I'});
    }

    private static byte[] message(char type, byte[] body) {
        return ByteBuffer.allocate(body.length + 5)
                .put((byte) type)
                .putInt(body.length + 4)
                .put(body)
                .array();
    }
}
