package dev.penstock.internal.target;

import dev.penstock.InvalidSettingException;
import dev.penstock.internal.failure.Masking;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a URL at first sight. Looked at before pgjdbc sees it, because pgjdbc writes URLs
 * of a wrong shape to the log as they are, passwords included.
 */
final class UrlShape {
    static final String PREFIX = "jdbc:postgresql:";

    private UrlShape() {}

    static void check(@Nullable String url) {
        if (url == null) {
            throw new InvalidSettingException("url", "must be set", null);
        }
        if (!url.startsWith(PREFIX)) {
            throw refuse("must start with " + PREFIX, url);
        }
        checkServer(url.substring(PREFIX.length()), url);
    }

    private static void checkServer(String rest, String url) {
        int question = rest.indexOf('?');
        String server = question < 0 ? rest : rest.substring(0, question);
        if (server.startsWith("//") && !server.equals("//") && !server.equals("///")) {
            checkHosts(server.substring(2), url);
        } else if (server.startsWith("/") && !server.startsWith("//")) {
            throw refuse("must have two slashes before the host, as in jdbc:postgresql://host:5432/database", url);
        }
    }

    private static void checkHosts(String server, String url) {
        if (server.indexOf('@') >= 0) {
            throw refuse("must not have user:password@ before the host: user and password are parameters", url);
        }
        int slash = server.indexOf('/');
        if (slash < 0) {
            throw refuse("must have a slash after the hosts, as in jdbc:postgresql://host:5432/database", url);
        }
        if (server.indexOf('/', slash + 1) >= 0) {
            throw refuse("must not have more than one slash after the hosts; write %2F for one in a name", url);
        }
    }

    static InvalidSettingException refuse(String rule, String url) {
        return new InvalidSettingException("url", rule, Masking.maskUrl(url));
    }
}
