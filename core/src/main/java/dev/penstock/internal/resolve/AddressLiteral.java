package dev.penstock.internal.resolve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells IP addresses from names, so that an address never waits for a resolver thread.
 *
 * <p>Deliberately narrow: only what no resolver could read otherwise. Shorthands such as {@code 127.1}
 * and ambiguous ones such as {@code 010.0.0.1} are left to the resolver.
 *
 * <p>Stateless.
 */
final class AddressLiteral {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    /** A colon cannot occur in a host name; the first character rules keep the JDK from asking DNS. */
    private static final Pattern V6 = Pattern.compile("(?=[^%]*:)[0-9a-fA-F:][0-9a-fA-F:.]*(?:%.+)?");

    private AddressLiteral() {}

    /**
     * The address that {@code host} spells out, or null if it is a name.
     *
     * @throws UnknownHostException if it can only be an address but is none: malformed, or with the scope
     *     of an interface that this machine does not have
     */
    static @Nullable InetAddress parse(String host) throws UnknownHostException {
        String bare = withoutBrackets(host);
        if (V4.matcher(bare).matches() || V6.matcher(bare).matches()) {
            return InetAddress.getByName(bare);
        }
        return null;
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
