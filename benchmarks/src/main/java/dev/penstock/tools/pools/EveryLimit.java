package dev.penstock.tools.pools;

import dev.penstock.SessionSettings;
import java.time.Duration;

/** All limits that a session can have, each so long that it is never reached. */
public final class EveryLimit {
    private EveryLimit() {}

    /** For a {@link dev.penstock.PenstockConfig.Builder}. */
    public static void set(SessionSettings.Builder session) {
        session.lockTimeout(Duration.ofMinutes(30))
                .statementTimeout(Duration.ofHours(1))
                .idleInTransactionTimeout(Duration.ofHours(1))
                .transactionTimeout(Duration.ofHours(2))
                .idleSessionTimeout(Duration.ofHours(12));
    }
}
