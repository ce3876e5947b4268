package dev.penstock.replay.connects;

import dev.penstock.lab.fault.BlackHole;
import dev.penstock.lab.fault.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Addresses of this machine that answer no connect. Where an address cannot be bound (macOS has only 127.0.0.1), it
 * serves as it is if a connect to it hangs, which is tried out.
 */
public record BlackHoles(List<BlackHole> dug) implements AutoCloseable {
    private static final int PROBE_MILLIS = 300;

    public static BlackHoles dig(List<InetAddress> addresses, int port) throws IOException {
        List<InetAddress> missing = Loopback.missing(addresses);
        for (InetAddress address : missing) {
            checkHangs(new InetSocketAddress(address, port));
        }
        BlackHoles holes = new BlackHoles(new ArrayList<>());
        try {
            addresses.stream()
                    .filter(address -> !missing.contains(address))
                    .forEach(address -> holes.dug.add(BlackHole.at(address, port)));
            return holes;
        } catch (RuntimeException e) {
            holes.close();
            throw e;
        }
    }

    private static void checkHangs(InetSocketAddress address) throws IOException {
        String advice = "This machine has no address " + address.getAddress().getHostAddress()
                + "; on macOS add it: sudo ifconfig lo0 alias "
                + address.getAddress().getHostAddress();
        try (Socket socket = new Socket()) {
            socket.connect(address, PROBE_MILLIS);
        } catch (SocketTimeoutException hangs) {
            return;
        } catch (IOException e) {
            throw new IOException(advice, e);
        }
        throw new IOException(advice);
    }

    @Override
    public void close() {
        dug.forEach(BlackHole::close);
    }
}
