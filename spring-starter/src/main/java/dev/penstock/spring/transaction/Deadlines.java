package dev.penstock.spring.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** When the transaction of the calling thread times out, whoever manages it. */
final class Deadlines {
    /** Of a transaction whose time is over already: it has this, and the grace. */
    static final Duration LEAST = Duration.ofMillis(1);

    private Deadlines() {}

    /** The earliest of those of its resources; null if it has no timeout. */
    static @Nullable Instant ofThisThread() {
        return TransactionSynchronizationManager.getResourceMap().values().stream()
                .flatMap(Deadlines::of)
                .map(Date::toInstant)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Not its time to live: that throws, and marks the transaction, once it is over. */
    private static Stream<Date> of(Object resource) {
        return resource instanceof ResourceHolderSupport holder
                ? Stream.ofNullable(holder.getDeadline())
                : Stream.empty();
    }
}
