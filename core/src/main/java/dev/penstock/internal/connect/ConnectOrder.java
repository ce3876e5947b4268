package dev.penstock.internal.connect;

import dev.penstock.Credentials;
import dev.penstock.WhileOpen;
import dev.penstock.internal.time.ContextLoader;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the route wants.
 *
 * @param given user and password of this call, null for those of the URL and properties
 * @param watchSetup whether the caller is a pool whose set-up is to be bounded too
 * @param whileOpen what becomes of it while the breaker is open
 * @param readTimeouts asked for each connection, who has the last word on its read timeouts; null: nobody
 * @param loader of whoever asks, for others that work for him: a probe must find what his own connect would
 */
public record ConnectOrder(
        @Nullable Credentials given,
        boolean watchSetup,
        WhileOpen whileOpen,
        @Nullable Supplier<? extends IntUnaryOperator> readTimeouts,
        ContextLoader loader) {
    /** Of somebody who has no wishes of his own. */
    public static final ConnectOrder PLAIN = new ConnectOrder(null, false, WhileOpen.REFUSE);

    /** Of the calling thread, whose read timeouts nobody shortens. */
    public ConnectOrder(@Nullable Credentials given, boolean watchSetup, WhileOpen whileOpen) {
        this(given, watchSetup, whileOpen, null, ContextLoader.ofCaller());
    }

    /** Whether a connection for the one would do for the other. */
    public boolean isForTheUserOf(ConnectOrder other) {
        return Objects.equals(given, other.given);
    }
}
