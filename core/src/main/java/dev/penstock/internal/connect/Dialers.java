package dev.penstock.internal.connect;

import dev.penstock.internal.session.BorrowedDialer;
import dev.penstock.internal.session.Dialer;
import dev.penstock.internal.session.PinnedDialer;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How this connector's sockets are opened. Thread-safe. */
final class Dialers {
    private final ConnectTarget target;
    private final Ticker ticker;

    Dialers(ConnectTarget target, Ticker ticker) {
        this.target = target;
        this.ticker = ticker;
    }

    /** Dials one address, or where that is not ours to choose the SOCKS proxy or the user's own factory. */
    Dialer of(HostPort host, @Nullable InetAddress address) {
        if (target.ownSocketFactory()) {
            return new BorrowedDialer(target.userSocketFactoryProperties());
        }
        InetSocketAddress socketAddress = address == null
                ? InetSocketAddress.createUnresolved(host.host(), host.port())
                : new InetSocketAddress(named(host.host(), address), host.port());
        return new PinnedDialer(socketAddress, target.localSocketAddress(), ticker);
    }

    /**
     * The JDK compares this name with {@code socksNonProxyHosts}, as pgjdbc does that of the URL. A resolver
     * may have given another one, of an alias for example, or none.
     */
    private static InetAddress named(String host, InetAddress address) {
        try {
            byte[] bytes = address.getAddress();
            if (address instanceof Inet6Address v6 && v6.getScopeId() != 0) {
                return Inet6Address.getByAddress(host, bytes, v6.getScopeId());
            }
            return InetAddress.getByAddress(host, bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not the bytes of an address: " + address, e);
        }
    }

    /** Limit of one TCP connect: the user's connectTimeout (the driver's default is 10 s), or what is left. */
    long limit(Deadline deadline) {
        Duration perAddress = target.connectTimeout();
        long left = deadline.remainingNanos();
        return perAddress.isZero() ? left : Math.min(left, perAddress.toNanos());
    }
}
