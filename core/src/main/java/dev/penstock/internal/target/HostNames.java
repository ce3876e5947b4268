package dev.penstock.internal.target;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Host names that can only be mistakes. */
final class HostNames {
    private HostNames() {}

    static void check(List<HostPort> hosts, String url) {
        for (HostPort host : hosts) {
            if (host.host().indexOf(':') >= 0 && !isIpv6(host.host())) {
                // pgjdbc takes what follows the last colon for the port: //::1/db means port 1 of host ":"
                throw UrlShape.refuse("must have IPv6 addresses in brackets, as in [::1]:5432", url);
            }
        }
    }

    /** In brackets the JDK takes nothing but a literal, so that this never asks a name server. */
    private static boolean isIpv6(String host) {
        int zone = host.indexOf('%');
        String literal = zone < 0 ? host : host.substring(0, zone);
        try {
            InetAddress.getByName("[" + literal + "]");
            return true;
        } catch (UnknownHostException notOne) {
            return false;
        }
    }
}
