package dev.penstock.lab.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithPostgres
class SocksProxyTest {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    @Test
    void looksNamesUpItself(PostgresServer server) throws IOException {
        try (SocksProxy proxy = SocksProxy.start(Map.of("db.penstock.test", Loopback.address(1)))) {
            assertThat(firstByte(proxy, InetSocketAddress.createUnresolved("db.penstock.test", server.port())))
                    .isEqualTo('N');
            assertThat(firstByte(proxy, server.address())).isEqualTo('N');
            assertThatThrownBy(() -> firstByte(proxy, InetSocketAddress.createUnresolved("other", server.port())))
                    .isInstanceOf(IOException.class);

            assertThat(proxy.requested())
                    .containsExactly(
                            "db.penstock.test:" + server.port(),
                            "127.0.0.1:" + server.port(),
                            "other:" + server.port());
        }
    }

    private static int firstByte(SocksProxy proxy, InetSocketAddress target) throws IOException {
        Proxy socks = new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(proxy.address(), proxy.port()));
        try (Socket socket = new Socket(socks)) {
            socket.setSoTimeout(5_000);
            socket.connect(target, 5_000);
            socket.getOutputStream().write(SSL_REQUEST);
            return socket.getInputStream().read();
        }
    }
}
