package dev.penstock.lab.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Many addresses on one machine: Linux answers on all of 127.0.0.0/8 without any set-up.
 *
 * <p>macOS has only 127.0.0.1 unless somebody adds aliases to {@code lo0}; see {@link #missing}.
 */
public final class Loopback {
    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 31_999;
    private static final int MAX_TRIES = 200;

    private Loopback() {}

    /** 127.0.0.{@code last}. */
    public static InetAddress address(int last) {
        return address("127.0.0." + last, last);
    }

    /** 127.0.0.{@code last} that says it is called {@code host}, as if a resolver had returned it. */
    public static InetAddress address(String host, int last) {
        return named(host, new byte[] {127, 0, 0, (byte) last});
    }

    /** 127.0.0.{@code from} to 127.0.0.{@code to}, both included, in order. */
    public static List<InetAddress> addresses(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Loopback::address).toList();
    }

    /** The same, each called {@code host}. */
    public static List<InetAddress> addresses(String host, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(last -> address(host, last))
                .toList();
    }

    /** ::1 that says it is called {@code host}. */
    public static InetAddress v6(String host) {
        byte[] bytes = new byte[16];
        bytes[15] = 1;
        return named(host, bytes);
    }

    private static InetAddress named(String host, byte[] bytes) {
        try {
            return InetAddress.getByAddress(host, bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Those of the addresses on which this machine cannot listen; empty on Linux. */
    public static List<InetAddress> missing(List<InetAddress> addresses) {
        return addresses.stream().filter(address -> !bindable(address, 0)).toList();
    }

    /**
     * A port that nobody listens on, on any address.
     *
     * <p>It is drawn from below the range out of which kernels choose the client ends of connections (32768 on Linux,
     * 49152 on macOS), so that a port which is given up for a while, as a refusing server's, is still there later.
     */
    public static int freePort() {
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT + 1);
            if (bindable(null, port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port found in " + LOWEST_PORT + " to " + HIGHEST_PORT);
    }

    /** An address on which connects are refused, because nobody listens there. */
    public static InetSocketAddress nobodyHome() {
        return new InetSocketAddress(address(1), freePort());
    }

    private static boolean bindable(@Nullable InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
