package dev.penstock.internal.lease;

import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * What whoever uses a connection is told that was taken back from it.
 *
 * @param text when, why, and where it was borrowed
 */
record Fence(Supplier<String> text) {
    SQLException exception() {
        return new SQLException(text.get(), "08003");
    }
}
