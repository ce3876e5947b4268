package dev.penstock.internal.target;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One host of the URL.
 *
 * @param host name or address as the URL gives it, IPv6 literals without their brackets; empty where
 *     the URL leaves it to a user's socket factory
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    /** Splits as pgjdbc does; {@code ports} has as many entries as {@code hosts}. */
    static List<HostPort> list(String hosts, String ports) {
        String[] host = hosts.split(",", 0);
        String[] port = ports.split(",", 0);
        List<HostPort> list = new ArrayList<>();
        for (int i = 0; i < host.length; i++) {
            list.add(new HostPort(withoutBrackets(host[i]), Integer.parseInt(port[i])));
        }
        return List.copyOf(list);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") && host.indexOf(':') > 0
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** The host as a URL has it: IPv6 literals in brackets. */
    public String urlHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** The same port at that address. */
    public HostPort at(InetAddress address) {
        return new HostPort(address.getHostAddress(), port);
    }

    /** {@code db.example.com:5432}, {@code [::1]:5432}. */
    @Override
    public String toString() {
        return urlHost() + ":" + port;
    }
}
