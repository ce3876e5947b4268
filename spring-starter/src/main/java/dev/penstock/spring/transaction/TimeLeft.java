package dev.penstock.spring.transaction;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.ResourceHolderSupport;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What is left of the timeout of the calling thread's transaction, whoever manages it. */
final class TimeLeft {
    /** Of a transaction whose time is over already: it has this, and the grace. */
    static final Duration LEAST = Duration.ofMillis(1);

    private TimeLeft() {}

    /** Until the earliest end of its resources, but for these, by identity; null if it has no timeout. */
    static @Nullable Duration ofThisThread(List<Date> others) {
        Instant now =
                Instant.now(); // Spring keeps a date, made by the system's clock: no other can be compared with it
        return ends().filter(end -> !isOneOf(others, end))
                .map(end -> Duration.between(now, end.toInstant()))
                .min(Duration::compareTo)
                .map(left -> left.compareTo(LEAST) < 0 ? LEAST : left)
                .orElse(null);
    }

    /** Of all resources that the thread has, each date as it is kept there. */
    static Stream<Date> ends() {
        return TransactionSynchronizationManager.getResourceMap().values().stream()
                .flatMap(TimeLeft::endOf);
    }

    /** Two transactions may end at the same millisecond. */
    private static boolean isOneOf(List<?> others, Object end) {
        return others.stream().anyMatch(other -> other == end);
    }

    /** Not its time to live: that throws, and marks the transaction, once it is over. */
    private static Stream<Date> endOf(Object resource) {
        return resource instanceof ResourceHolderSupport holder
                ? Stream.ofNullable(holder.getDeadline())
                : Stream.empty();
    }
}
