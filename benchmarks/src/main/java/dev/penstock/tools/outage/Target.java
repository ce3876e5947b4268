package dev.penstock.tools.outage;

/**
 * Where the pools connect to.
 *
 * @param url without credentials
 */
record Target(String url, String user, String password) {
    @Override
    public String toString() {
        return url;
    }
}
