package dev.penstock;

import org.jspecify.annotations.Nullable;

/**
 * User and password of one physical connection.
 *
 * @param user database user; null leaves the choice to the URL, the properties or the driver
 * @param password password or token, null for none; never part of {@link #toString()}
 */
public record Credentials(@Nullable String user, @Nullable String password) {
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=" + (password == null ? "none" : "***") + "]";
    }
}
