package dev.penstock;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks a host name up. The default is the JDK's resolver, {@link InetAddress#getAllByName}.
 *
 * <p>Called on one of Penstock's resolver threads, at most one call per name at a time; it may block
 * for as long as it likes, the connect goes on without it when its patience or deadline is over.
 * Must be thread-safe.
 */
@FunctionalInterface
public interface NameResolver {
    /**
     * Addresses in order of preference (RFC 6724), at least one.
     *
     * @throws UnknownHostException if the name has no address
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The JDK's own resolver with its caches ({@code networkaddress.cache.ttl}). */
    static NameResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
