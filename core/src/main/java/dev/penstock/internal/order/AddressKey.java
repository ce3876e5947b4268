package dev.penstock.internal.order;

import dev.penstock.internal.target.HostPort;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;

/**
 * An address as one of a host's. The scope is part of it, because {@link Inet6Address#equals} ignores
 * it although {@code fe80::1%eth0} and {@code fe80::1%eth1} are different machines.
 *
 * @param host the host and port that it is an address of
 * @param address the address
 * @param scope scope id of a link-local address, otherwise 0
 */
record AddressKey(HostPort host, InetAddress address, int scope) {
    static AddressKey of(HostPort host, InetAddress address) {
        return new AddressKey(host, address, address instanceof Inet6Address six ? six.getScopeId() : 0);
    }

    AddressState state(boolean lastGood, double penalty, Duration age) {
        return new AddressState(host, address, lastGood, penalty, age);
    }
}
