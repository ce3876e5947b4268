package dev.penstock.internal.wiring;

import dev.penstock.Credentials;
import dev.penstock.WhileOpen;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.time.ContextLoader;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the connects of one connector ask of its route; the pool above has its say in that. Thread-safe. */
public final class Orders {
    private final boolean watchPoolSetup;
    private final Supplier<WhileOpen> whileOpen;
    private final @Nullable Supplier<? extends IntUnaryOperator> readTimeouts;

    /** What the latest connect was given: a pool's user and password may change at run time. */
    private volatile @Nullable Credentials latest;

    /**
     * None yet.
     *
     * @param watchPoolSetup whether what the pool does with a new connection is bounded too
     * @param whileOpen asked at each connect, in the thread that wants it
     * @param readTimeouts asked for each connection, who has the last word on its read timeouts; null: nobody
     */
    public Orders(
            boolean watchPoolSetup,
            Supplier<WhileOpen> whileOpen,
            @Nullable Supplier<? extends IntUnaryOperator> readTimeouts) {
        this.watchPoolSetup = watchPoolSetup;
        this.whileOpen = whileOpen;
        this.readTimeouts = readTimeouts;
    }

    /** The one of the calling thread, with these credentials; null for those of the URL and properties. */
    public ConnectOrder next(@Nullable Credentials given) {
        latest = given;
        return new ConnectOrder(given, watchPoolSetup, whileOpen.get(), readTimeouts, ContextLoader.ofCaller());
    }

    /** One past the pool, with the pool's credentials; refused at once while the breaker is open. */
    public ConnectOrder pastThePool() {
        return new ConnectOrder(latest, false, WhileOpen.REFUSE);
    }

    /** Credentials of the latest connect; null if it was given none, or there was none. */
    public @Nullable Credentials latest() {
        return latest;
    }
}
