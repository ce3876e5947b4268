package dev.penstock.internal.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.postgres.TlsMaterial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session's stamps and read timeouts are those of the raw socket, however the driver wraps it. */
@Tag("tls")
class StampsUnderTlsTest {
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theSocketUnderTlsStampsShowsAndTells(String version) throws Exception {
        AtomicLong now = new AtomicLong(1);
        Recording traffic = new Recording();
        List<Integer> timeouts = new ArrayList<>();
        try (TlsMaterial material = TlsMaterial.forNames("db.penstock.test");
                Pair pair = Pair.connect(now::get, traffic)) {
            TlsPair secured = TlsPair.over(pair, material, version);
            SSLSocket tls = secured.ours();
            SSLSocket server = secured.theirs();
            assertThat(tls.getSession().getProtocol()).isEqualTo(version);
            assertThat(traffic.lines.get(0).charAt(2)).as("client hello").isEqualTo((char) 22);

            now.set(77);
            server.getOutputStream().write('R');
            assertThat(tls.getInputStream().read()).isEqualTo('R');
            assertThat(pair.ours().lastHeardNanos()).isEqualTo(77);

            pair.ours().watch(new Timeouts(timeouts));
            tls.setSoTimeout(3000);
            assertThat(timeouts).containsExactly(3000);
        }
    }

    private record Timeouts(List<Integer> told) implements StampedSocket.Watcher {
        @Override
        public void readTimeoutChanged(int millis) {
            told.add(millis);
        }

        @Override
        public void closed() {
            // not of interest here
        }
    }
}
