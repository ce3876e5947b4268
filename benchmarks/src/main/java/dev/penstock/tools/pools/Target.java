package dev.penstock.tools.pools;

/**
 * Where the pools connect to.
 *
 * @param url without credentials
 */
public record Target(String url, String user, String password) {
    @Override
    public String toString() {
        return url;
    }
}
