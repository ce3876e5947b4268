package dev.penstock.internal.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Straight down, without a breaker: every connect is tried and has the whole deadline. Immutable.
 *
 * @param creation the stage below
 * @param deadline limit of each connect
 */
public record DeadlineRoute(Creation creation, Duration deadline) implements Route {
    @Override
    public Connection connect(ConnectOrder order) throws SQLException {
        return creation.connect(order, deadline, new Leash());
    }

    @Override
    public void close() {
        creation.close();
    }
}
