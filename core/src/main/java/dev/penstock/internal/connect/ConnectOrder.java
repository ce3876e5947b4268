package dev.penstock.internal.connect;

import dev.penstock.Credentials;
import dev.penstock.WhileOpen;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a caller of the route wants.
 *
 * @param given user and password of this call, null for those of the URL and properties
 * @param watchSetup whether the caller is a pool whose set-up is to be bounded too
 * @param whileOpen what becomes of it while the breaker is open
 * @param readTimeouts has the last word on the read timeouts of the connection, null: nobody has
 */
public record ConnectOrder(
        @Nullable Credentials given,
        boolean watchSetup,
        WhileOpen whileOpen,
        @Nullable IntUnaryOperator readTimeouts) {
    /** Of somebody who has no wishes of his own. */
    public static final ConnectOrder PLAIN = new ConnectOrder(null, false, WhileOpen.REFUSE, null);

    /** Whether a connection for the one would do for the other. */
    public boolean isForTheUserOf(ConnectOrder other) {
        return Objects.equals(given, other.given);
    }
}
