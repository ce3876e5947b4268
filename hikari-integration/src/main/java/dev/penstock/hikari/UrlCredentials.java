package dev.penstock.hikari;

import dev.penstock.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Which credentials stand in the URL. To pgjdbc these count more than those that HikariCP passes beside
 * it, and a pool that moves to Penstock must not find itself logged in as somebody else.
 *
 * @param user whether the URL has a user
 * @param password whether the URL has a password
 */
record UrlCredentials(boolean user, boolean password) {
    static UrlCredentials of(String url) {
        return new UrlCredentials(has(url, "user"), has(url, "password"));
    }

    /** What is left to say beside the URL. */
    Credentials beside(@Nullable String givenUser, @Nullable String givenPassword) {
        return new Credentials(user ? null : givenUser, password ? null : givenPassword);
    }

    private static boolean has(String url, String name) {
        int question = url.indexOf('?');
        if (question < 0) {
            return false;
        }
        String parameters = "&" + url.substring(question + 1);
        return parameters.contains("&" + name + "=");
    }
}
