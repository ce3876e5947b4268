package dev.penstock.metrics;

import org.jspecify.annotations.Nullable;

/** Address family of an attempt. */
enum Family {
    IPV4,
    IPV6,
    /** The name was not resolved, or the address is not ours to choose (SOCKS, a user's socket factory). */
    UNKNOWN;

    /** Of an address with its port, as {@link dev.penstock.ConnectAttempt#address} has it. */
    static Family of(@Nullable String address) {
        if (address == null) {
            return UNKNOWN;
        }
        return address.startsWith("[") ? IPV6 : IPV4;
    }
}
