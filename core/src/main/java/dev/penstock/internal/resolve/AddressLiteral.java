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
    private static final int DOTS = 3;
    private static final int MOST = 255;
    private static final int NONE = -1;

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
        return isV4(bare) || isV6(bare) ? InetAddress.getByName(bare) : null;
    }

    /** Four numbers up to 255 without leading zeros. By hand, because each connect asks, and a pattern is slow when cold. */
    private static boolean isV4(String host) {
        int dots = 0;
        int value = NONE; // of the number that is being read
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' && value != NONE && dots < DOTS) {
                dots++;
                value = NONE;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = (value == NONE ? 0 : 10 * value) + c - '0';
            } else {
                return false;
            }
            if (value > MOST) {
                return false;
            }
        }
        return dots == DOTS && value != NONE;
    }

    private static boolean isV6(String host) {
        return host.indexOf(':') >= 0 && V6.matcher(host).matches();
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
