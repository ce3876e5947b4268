package dev.penstock.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LoopbackTest {

    @Test
    void freePortsCanBeListenedOn() throws IOException {
        int port = Loopback.freePort();
        assertThat(port).isBetween(20_000, 31_999);
        new ServerSocket(port, 1, Loopback.address(1)).close();
        assertThat(Probe.of(Loopback.nobodyHome(), 5_000)).isEqualTo(Probe.Outcome.REFUSED);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void linuxHasAllOfThem() {
        assertThat(Loopback.missing(Loopback.addresses(1, 13))).isEmpty();
    }

    @Test
    void noticesAddressesThatAreNotOfThisMachine() throws IOException {
        InetAddress documentation = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        assertThat(Loopback.missing(List.of(Loopback.address(1), documentation)))
                .containsExactly(documentation);
    }
}
