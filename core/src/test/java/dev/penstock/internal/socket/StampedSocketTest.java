package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** It stamps, it shows, it tells, and else it is a socket. */
class StampedSocketTest {
    private final AtomicLong now = new AtomicLong(100);
    private final Recording traffic = new Recording();
    private Pair pair;

    @BeforeEach
    void connect() throws IOException {
        pair = Pair.connect(now::get, traffic);
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void theCreationCountsAsHeardAndSoDoesEveryByte() throws IOException {
        assertThat(pair.ours().lastHeardNanos()).isEqualTo(100);

        now.set(250);
        write("ab");
        assertThat(pair.ours().lastHeardNanos()).isEqualTo(100);
        InputStream in = pair.ours().getInputStream();
        assertThat(in.read()).isEqualTo('a');
        assertThat(pair.ours().lastHeardNanos()).isEqualTo(250);

        now.set(300);
        assertThat(in.read(new byte[8], 3, 4)).isEqualTo(1);
        assertThat(pair.ours().lastHeardNanos()).isEqualTo(300);
    }

    @Test
    void neitherWritingNorTheEndOfTheStreamIsAWordFromTheServer() throws IOException {
        now.set(400);
        pair.ours().getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        pair.theirs().close();
        assertThat(pair.ours().getInputStream().read()).isEqualTo(-1);
        assertThat(pair.ours().getInputStream().read(new byte[2], 0, 2)).isEqualTo(-1);

        assertThat(pair.ours().lastHeardNanos()).isEqualTo(100);
    }

    @Test
    void theObserverSeesEveryByteUntilItIsDismissed() throws IOException {
        byte[] startup = "..startup..".getBytes(StandardCharsets.US_ASCII);
        pair.ours().getOutputStream().write(startup, 2, 7);
        pair.ours().getOutputStream().write('!');
        write("R");
        assertThat(pair.ours().getInputStream().read()).isEqualTo('R');
        pair.ours().stopObserving();
        pair.ours().getOutputStream().write('?');
        write("Z");
        assertThat(pair.ours().getInputStream().read()).isEqualTo('Z');

        assertThat(traffic.lines).containsExactly("> startup", "> !", "< R");
        assertThat(pair.theirs().getInputStream().readNBytes(9))
                .isEqualTo("startup!?".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void bytesAboveOneHundredAndTwentySevenAreNotTakenForTheEnd() throws IOException {
        pair.theirs().getOutputStream().write(0xff);

        assertThat(pair.ours().getInputStream().read()).isEqualTo(0xff);
    }

    @Test
    void aReadThatTimesOutLeavesTheStamp() throws IOException {
        now.set(500);
        pair.ours().setSoTimeout(20);

        assertThatThrownBy(() -> pair.ours().getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(pair.ours().lastHeardNanos()).isEqualTo(100);
    }

    @Test
    void theWatcherIsToldOfReadTimeoutsAndOfTheEnd() throws IOException {
        List<String> told = new ArrayList<>();
        pair.ours().watch(watcher(told));
        pair.ours().setSoTimeout(4000);
        pair.ours().setSoTimeout(0);
        pair.ours().close();

        assertThat(told).containsExactly("4000", "0", "closed");
    }

    @Test
    void whoIsNoLongerWatchingIsNotTold() throws IOException {
        List<String> told = new ArrayList<>();
        pair.ours().watch(watcher(told));
        pair.ours().watch(null);
        pair.ours().setSoTimeout(4000);

        assertThat(told).isEmpty();
        assertThat(pair.ours().getSoTimeout()).isEqualTo(4000);
    }

    private static StampedSocket.Watcher watcher(List<String> told) {
        return new StampedSocket.Watcher() {
            @Override
            public void readTimeoutChanged(int millis) {
                told.add(String.valueOf(millis));
            }

            @Override
            public void closed() {
                told.add("closed");
            }
        };
    }

    private void write(String text) throws IOException {
        pair.theirs().getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
