package dev.penstock.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.NameResolver;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server that stays mute until it is told to answer, and counts who asked. */
final class GatedResolver implements NameResolver, AutoCloseable {
    static final List<InetAddress> ANSWER = List.of(InetAddress.getLoopbackAddress());

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch entered;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger mostInside = new AtomicInteger();
    private final Map<String, Integer> calls = new ConcurrentHashMap<>();

    GatedResolver(int expected) {
        this.entered = new CountDownLatch(expected);
    }

    @Override
    public List<InetAddress> resolve(String host) {
        calls.merge(host, 1, Integer::sum);
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        entered.countDown();
        await(gate);
        inside.decrementAndGet();
        return ANSWER;
    }

    void awaitEntered() {
        await(entered);
    }

    void answer() {
        gate.countDown();
    }

    int mostInside() {
        return mostInside.get();
    }

    Map<String, Integer> calls() {
        return Map.copyOf(calls);
    }

    /** No test leaves a mute look-up behind. */
    @Override
    public void close() {
        answer();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
