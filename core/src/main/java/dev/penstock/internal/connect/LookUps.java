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

/** The look-ups of one connect that are under way. Thread-safe. */
final class LookUps {
    private final BoundedResolver resolver;
    private final Deadline deadline;
    private final Map<HostPort, Pending> pending = new ConcurrentHashMap<>();

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

    /** Race time at which the look-up was started, or -1 if it is over: for whoever ends it first. */
    long end(HostPort host) {
        Pending ended = pending.remove(host);
        if (ended == null) {
            return -1;
        }
        ended.answer().cancel(false);
        return ended.startedAt();
    }

    /** Hosts whose look-up is still under way. */
    List<HostPort> underWay() {
        return List.copyOf(pending.keySet());
    }
}
