package dev.penstock.internal.connect;

import dev.penstock.internal.resolve.BoundedResolver;
import dev.penstock.internal.target.HostPort;
import dev.penstock.internal.time.Deadline;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** The look-ups of one connect: those that are under way, and how long each took. Thread-safe. */
final class LookUps {
    /** There is no such look-up. */
    static final long NONE = -1;

    private final BoundedResolver resolver;
    private final Deadline deadline;
    private final Map<HostPort, Pending> pending = new ConcurrentHashMap<>();
    private final Map<HostPort, Long> took = new ConcurrentHashMap<>();

    private record Pending(long startedAt, CompletableFuture<List<InetAddress>> answer) {}

    LookUps(BoundedResolver resolver, Deadline deadline) {
        this.resolver = resolver;
        this.deadline = deadline;
    }

    /** Looks the name up; the answer comes on a resolver thread, or at once for an address literal. */
    void start(HostPort host, BiConsumer<List<InetAddress>, Throwable> answer) {
        CompletableFuture<List<InetAddress>> future = resolver.lookUp(host.host());
        pending.put(host, new Pending(deadline.elapsedNanos(), future));
        CompletableFuture<List<InetAddress>> unused = future.whenComplete(answer);
    }

    /** Race time at which the look-up was started, or {@link #NONE} if it is over: for whoever ends it first. */
    long end(HostPort host) {
        Pending ended = pending.remove(host);
        if (ended == null) {
            return NONE;
        }
        ended.answer().cancel(false);
        return ended.startedAt();
    }

    /** The host's addresses are known now, from the look-up or from an earlier one while it lasts. */
    void known(HostPort host) {
        Pending lookUp = pending.get(host);
        if (lookUp != null && BoundedResolver.isName(host.host())) {
            took.put(host, deadline.elapsedNanos() - lookUp.startedAt());
        }
    }

    /** Nanoseconds until the host's addresses were known; {@link #NONE} where there was nothing to look up. */
    long took(HostPort host) {
        return took.getOrDefault(host, NONE);
    }

    /** Hosts whose look-up is still under way. */
    List<HostPort> underWay() {
        return List.copyOf(pending.keySet());
    }
}
