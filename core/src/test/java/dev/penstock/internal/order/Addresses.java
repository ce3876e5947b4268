package dev.penstock.internal.order;

import dev.penstock.internal.target.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Addresses in short: {@code 4.1} is 10.0.0.1, {@code 6.1} is 2001:db8::1. */
final class Addresses {
    static final HostPort HOST = new HostPort("db.example.com", 5432);

    private Addresses() {}

    static InetAddress address(String brief) {
        String number = brief.substring(2);
        return literal(brief.charAt(0) == '6' ? "2001:db8::" + number : "10.0.0." + number);
    }

    static List<InetAddress> addresses(String... briefs) {
        return Stream.of(briefs).map(Addresses::address).toList();
    }

    static InetAddress literal(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isSix(InetAddress address) {
        return address instanceof Inet6Address;
    }
}
