package dev.penstock.internal.session;

import static dev.penstock.ConnectPhase.AUTH;
import static dev.penstock.ConnectPhase.STARTUP;
import static dev.penstock.ConnectPhase.TLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectPhase;
import dev.penstock.PhaseTime;
import dev.penstock.internal.time.Deadline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is read off the bytes of a session that is being opened, packet by packet. */
class WirePhaseTest {
    private static final byte[] SSL_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();
    private static final byte[] GSS_REQUEST =
            ByteBuffer.allocate(8).putInt(8).putInt(80877104).array();
    private static final byte[] STARTUP_PACKET = ByteBuffer.allocate(18)
            .putInt(18)
            .putInt(196608)
            .put("user\0app\0\0".getBytes(StandardCharsets.US_ASCII))
            .array();
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    private final WirePhase wire = new WirePhase();

    @Test
    void plainTextGoesFromStartupToAuthWithTheServersFirstWord() {
        assertThat(sent(STARTUP_PACKET)).isEqualTo(STARTUP);
        assertThat(received("R\0\0\0\27\0\0\0\12")).isEqualTo(AUTH);
        assertThat(sent("p\0\0\0\66SCRAM-SHA-256\0")).isEqualTo(AUTH);
        assertThat(wire.phaseOfRefusalByDriver()).isEqualTo(AUTH);
    }

    @Test
    void anErrorInReplyToTheStartupPacketIsStillStartup() {
        sent(STARTUP_PACKET);

        assertThat(received("E\0\0\0\60SFATAL\0C57P03\0")).isEqualTo(STARTUP);
        assertThat(wire.phaseOfRefusalByDriver()).isEqualTo(STARTUP);
    }

    @Test
    void aServerThatSaysNothingToTheSslRequestIsInTls() {
        assertThat(sent(SSL_REQUEST)).isEqualTo(TLS);
        assertThat(wire.phaseOfRefusalByDriver()).isEqualTo(TLS);
    }

    /** As it does when it closes a socket whose first write failed: its buffer still holds the request. */
    @Test
    void theDriverFlushingItsRequestTwiceIsStillInTls() {
        sent(SSL_REQUEST);

        assertThat(sent(SSL_REQUEST)).isEqualTo(TLS);
    }

    @Test
    void aServerThatRefusesTlsIsAskedInPlainText() {
        sent(SSL_REQUEST);

        assertThat(received("N")).isEqualTo(TLS);
        assertThat(sent(STARTUP_PACKET)).isEqualTo(STARTUP);
        assertThat(received("R\0\0\0\10\0\0\0\0")).isEqualTo(AUTH);
    }

    @Test
    void aServerThatRefusesTlsWhereItIsRequiredIsInTls() {
        sent(SSL_REQUEST);
        received("N");

        assertThat(wire.phaseOfRefusalByDriver()).isEqualTo(TLS);
    }

    @Test
    void tls12EndsWithTheClientsFirstApplicationData() {
        sent(SSL_REQUEST);
        received("S");
        assertThat(sent(record(HANDSHAKE))).isEqualTo(TLS);
        assertThat(received(record(HANDSHAKE))).isEqualTo(TLS);
        assertThat(sent(record(HANDSHAKE))).isEqualTo(TLS);
        assertThat(sent(record(CHANGE_CIPHER_SPEC))).isEqualTo(TLS);
        assertThat(sent(record(HANDSHAKE))).isEqualTo(TLS);
        assertThat(received(record(CHANGE_CIPHER_SPEC))).isEqualTo(TLS);
        assertThat(received(record(HANDSHAKE))).isEqualTo(TLS);

        assertThat(sent(record(APPLICATION_DATA))).as("startup packet").isEqualTo(STARTUP);
        assertThat(received(record(APPLICATION_DATA))).isEqualTo(STARTUP);
        assertThat(sent(record(APPLICATION_DATA))).as("first answer").isEqualTo(AUTH);
    }

    @Test
    void directNegotiationBeginsWithTheClientHello() {
        assertThat(sent(record(HANDSHAKE))).isEqualTo(TLS);
        assertThat(received(record(HANDSHAKE))).isEqualTo(TLS);
        assertThat(sent(record(APPLICATION_DATA))).isEqualTo(STARTUP);
    }

    @Test
    void tls13HidesTheEndOfTheHandshakeInApplicationData() {
        sent(SSL_REQUEST);
        received("S");
        sent(record(HANDSHAKE));
        received(record(HANDSHAKE));
        received(record(APPLICATION_DATA));
        assertThat(sent(record(CHANGE_CIPHER_SPEC))).isEqualTo(TLS);

        assertThat(sent(record(APPLICATION_DATA))).as("client finished").isEqualTo(STARTUP);
        assertThat(sent(record(APPLICATION_DATA))).as("startup packet").isEqualTo(STARTUP);
        assertThat(received(record(APPLICATION_DATA))).isEqualTo(STARTUP);
        assertThat(sent(record(APPLICATION_DATA))).as("first answer").isEqualTo(AUTH);
    }

    @Test
    void aRefusalByTheDriverBeforeTheServerSpokeAgainIsAboutTheCertificate() {
        sent(SSL_REQUEST);
        received("S");
        sent(record(HANDSHAKE));
        received(record(HANDSHAKE));
        sent(record(APPLICATION_DATA));

        assertThat(wire.phase()).isEqualTo(STARTUP);
        assertThat(wire.phaseOfRefusalByDriver()).isEqualTo(TLS);
    }

    @Test
    void aRefusalByTheServerInsideTlsIsNot() {
        sent(record(HANDSHAKE));
        received(record(HANDSHAKE));
        sent(record(APPLICATION_DATA));
        received(record(APPLICATION_DATA));

        assertThat(wire.phaseOfRefusalByDriver()).isEqualTo(STARTUP);
    }

    @Test
    void gssEncryptionCountsAsTlsUntilItIsDeclined() {
        assertThat(sent(GSS_REQUEST)).isEqualTo(TLS);
        received("N");
        assertThat(sent(STARTUP_PACKET)).isEqualTo(STARTUP);
    }

    @Test
    void bytesAreReadWhereTheyAreAndNotAtTheStartOfTheBuffer() {
        byte[] buffer = new byte[64];
        buffer[0] = HANDSHAKE;
        System.arraycopy(STARTUP_PACKET, 0, buffer, 40, STARTUP_PACKET.length);
        wire.sent(buffer, 40, STARTUP_PACKET.length);
        assertThat(wire.phase()).isEqualTo(STARTUP);

        buffer[5] = 'R';
        wire.received(buffer, 5, 9);
        assertThat(wire.phase()).isEqualTo(AUTH);
    }

    @Test
    void anEmptyWriteIsNoFirstPacket() {
        wire.sent(new byte[0], 0, 0);

        assertThat(sent(SSL_REQUEST)).isEqualTo(TLS);
    }

    @Test
    void everyPhaseIsTimedOnce() {
        AtomicLong now = new AtomicLong();
        PhaseTimes times = new PhaseTimes(Deadline.after(now::get, Duration.ofHours(1)));
        wire.timedBy(times);
        times.goOn();
        Runnable tick = () -> now.addAndGet(10);
        sent(SSL_REQUEST);
        tick.run();
        received("S");
        sent(record(HANDSHAKE));
        tick.run();
        sent(record(APPLICATION_DATA));
        tick.run();
        received(record(APPLICATION_DATA));
        sent(record(APPLICATION_DATA));
        tick.run();
        times.pause();
        sent(record(APPLICATION_DATA));
        tick.run();

        assertThat(times.upTo(AUTH, now.get()))
                .containsExactly(
                        new PhaseTime(TLS, Duration.ofNanos(20)),
                        new PhaseTime(STARTUP, Duration.ofNanos(10)),
                        new PhaseTime(AUTH, Duration.ofNanos(10)));
    }

    private ConnectPhase sent(String text) {
        return sent(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private ConnectPhase sent(byte[] bytes) {
        wire.sent(bytes, 0, bytes.length);
        return wire.phase();
    }

    private ConnectPhase received(String text) {
        return received(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private ConnectPhase received(byte[] bytes) {
        wire.received(bytes, 0, bytes.length);
        return wire.phase();
    }

    private static byte[] record(int type) {
        return new byte[] {(byte) type, 3, 3, 0, 2, 'R', 'R'};
    }
}
