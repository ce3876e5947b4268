package dev.penstock.internal.target;

import dev.penstock.internal.failure.Masking;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.util.URLCoder;

/** URLs made from their parts; databases come in encoded. */
final class TargetText {
    private TargetText() {}

    static String url(HostPort host, String database) {
        return fitsIntoUrl(host.host())
                ? UrlShape.PREFIX + "//" + host + "/" + database
                : UrlShape.PREFIX + "//localhost:" + host.port() + "/" + database + "?PGHOST="
                        + URLCoder.encode(host.host());
    }

    /** An empty host would become localhost, a path (of a Unix socket) would end the host too early. */
    private static boolean fitsIntoUrl(String host) {
        return !host.isEmpty() && host.indexOf('/') < 0 && host.indexOf('?') < 0;
    }

    static String describe(List<HostPort> hosts, String database) {
        String list = hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
        return Masking.mask(UrlShape.PREFIX + "//" + list + "/" + database);
    }
}
