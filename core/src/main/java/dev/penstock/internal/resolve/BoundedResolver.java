package dev.penstock.internal.resolve;

import dev.penstock.NameResolver;
import dev.penstock.internal.time.ContextLoader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up without ever making the caller wait, and with a bounded number of threads however many
 * callers there are and however mute the name server is.
 *
 * <p>All instances share {@value ResolverThreads#MAX_THREADS} threads and one table of look-ups under
 * way: a second look-up of the same name through the same {@link NameResolver} instance joins the first.
 * With every thread held by a mute resolver later look-ups queue; their callers' patience bounds that.
 *
 * <p>Thread-safe.
 */
public final class BoundedResolver {
    /** Look-ups under way in this JVM; an entry goes before the result of its look-up is published. */
    private static final ConcurrentMap<FlightKey, Flight> FLIGHTS = new ConcurrentHashMap<>();

    private final NameResolver resolver;

    /** A resolver for one connector; connectors that share {@code resolver} share its look-ups. */
    public BoundedResolver(NameResolver resolver) {
        this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    /**
     * Starts to look {@code host} up, or joins a look-up under way. IP addresses (IPv6 with or without
     * brackets, also with a scope id) are answered at once and never reach the resolver.
     *
     * <p>The future belongs to the caller alone. A caller that no longer wants the answer should cancel it:
     * the look-up goes on, but lets go of the future. It fails with the {@link UnknownHostException},
     * the runtime exception or the error that the resolver threw, not wrapped; an answer without an address
     * is an {@code UnknownHostException}. The list is immutable and never empty.
     *
     * <p>The resolver is called with the context class loader of the calling thread, or of whoever was first.
     *
     * <p>Callbacks run on a resolver thread, one waiter after the other, or at once in the registering
     * thread if the answer is there. What they throw stays in the future that they produce. While one
     * blocks, the other waiters of this look-up wait and one resolver thread is taken, though a new
     * look-up of the name is not held up: so a callback should do no more than post the answer.
     */
    public CompletableFuture<List<InetAddress>> lookUp(String host) {
        try {
            InetAddress literal = AddressLiteral.parse(host);
            return literal == null ? join(host) : CompletableFuture.completedFuture(List.of(literal));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether a look-up asks the resolver; an address, or what can only be meant as one, does not. */
    public static boolean isName(String host) {
        try {
            return AddressLiteral.parse(host) == null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private CompletableFuture<List<InetAddress>> join(String host) {
        var key = new FlightKey(resolver, host);
        var mine = new Flight();
        Flight underWay = FLIGHTS.putIfAbsent(key, mine);
        if (underWay != null) {
            return underWay.join();
        }
        CompletableFuture<List<InetAddress>> waiter = mine.join();
        start(key, mine);
        return waiter;
    }

    /** Not even a thread that cannot be started may leave the entry or its waiters behind. */
    private static void start(FlightKey key, Flight flight) {
        try {
            ResolverThreads.shared().execute(ContextLoader.ofCaller().lentTo(() -> fly(key, flight)));
        } catch (RuntimeException | Error e) {
            FLIGHTS.remove(key, flight);
            flight.fail(e);
        }
    }

    private static void fly(FlightKey key, Flight flight) {
        List<InetAddress> answer;
        try {
            answer = ask(key.resolver(), key.host());
        } catch (Throwable e) { // the user's code: whatever it throws is the answer
            FLIGHTS.remove(key, flight);
            flight.fail(e);
            return;
        }
        FLIGHTS.remove(key, flight);
        flight.arrive(answer);
    }

    private static List<InetAddress> ask(NameResolver resolver, String host) throws UnknownHostException {
        @Nullable List<InetAddress> answer = resolver.resolve(host);
        if (answer == null) {
            throw new UnknownHostException(host + ": the name resolver returned null instead of a list of addresses");
        }
        List<InetAddress> addresses = answer.stream().filter(Objects::nonNull).toList();
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host + ": the name resolver returned no address");
        }
        return addresses;
    }

    /** Number of names that this resolver is being asked for. */
    long lookUpsUnderWay() {
        return FLIGHTS.keySet().stream()
                .filter(key -> key.resolver() == resolver)
                .count();
    }

    /** Compares resolvers by identity: a user's {@code equals} must not join what is not the same. */
    private record FlightKey(NameResolver resolver, String host) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FlightKey key && key.resolver == resolver && key.host.equals(host);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(resolver) + host.hashCode();
        }
    }
}
