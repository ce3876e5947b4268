package dev.penstock.internal.resolve;

import static dev.penstock.internal.resolve.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.NameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private static final String HOST = "db.example.com";

    @Test
    void manyCallersAtOnceShareOneCall() throws Exception {
        try (var mute = new GatedResolver(1)) {
            var resolver = new BoundedResolver(mute);
            var start = new CountDownLatch(1);
            var futures = new ConcurrentLinkedQueue<CompletableFuture<List<InetAddress>>>();
            List<Thread> callers = IntStream.range(0, 32)
                    .mapToObj(i -> new Thread(() -> {
                        GatedResolver.await(start);
                        futures.add(resolver.lookUp(HOST));
                    }))
                    .toList();
            callers.forEach(Thread::start);
            start.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
            mute.answer();

            assertThat(futures).hasSize(32);
            for (CompletableFuture<List<InetAddress>> future : futures) {
                assertThat(get(future)).isEqualTo(GatedResolver.ANSWER);
            }
            assertThat(mute.calls()).containsExactly(Map.entry(HOST, 1));
        }
    }

    @Test
    void connectorsWithTheSameResolverShareALookUpAndOthersDoNot() throws Exception {
        try (var mute = new GatedResolver(1);
                var other = new GatedResolver(1)) {
            var futures = List.of(
                    new BoundedResolver(mute).lookUp(HOST),
                    new BoundedResolver(mute).lookUp(HOST),
                    new BoundedResolver(other).lookUp(HOST));
            mute.awaitEntered();
            other.awaitEntered();
            mute.answer();
            other.answer();
            for (CompletableFuture<List<InetAddress>> future : futures) {
                get(future);
            }

            assertThat(mute.calls()).containsEntry(HOST, 1);
            assertThat(other.calls()).containsEntry(HOST, 1);
        }
    }

    @Test
    void resolversAreToldApartByIdentity() throws Exception {
        var calls = new AtomicInteger();
        try (var mute = new GatedResolver(1)) {
            var first = new BoundedResolver(new AlwaysEqual(calls, mute)).lookUp(HOST);
            mute.awaitEntered();
            get(new BoundedResolver(new AlwaysEqual(calls)).lookUp(HOST));
            mute.answer();
            get(first);
        }
        assertThat(calls).hasValue(2);
    }

    @Test
    void whatOneCallerDoesToItsFutureDoesNotReachTheOthers() throws Exception {
        try (var mute = new GatedResolver(1)) {
            var resolver = new BoundedResolver(mute);
            var cancelled = resolver.lookUp(HOST);
            var tampered = resolver.lookUp(HOST);
            var patient = resolver.lookUp(HOST);

            cancelled.cancel(true);
            tampered.complete(List.of());
            assertThat(patient).isNotDone();
            mute.answer();

            assertThat(get(patient)).isEqualTo(GatedResolver.ANSWER);
        }
    }

    @Test
    void aBlockingCallbackHoldsUpNoNewLookUpOfTheName() throws Exception {
        var release = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        try (var mute = new GatedResolver(1)) {
            var resolver = new BoundedResolver(mute);
            var blocked = resolver.lookUp(HOST).thenRun(() -> {
                entered.countDown();
                GatedResolver.await(release);
            });
            mute.answer();
            GatedResolver.await(entered);

            assertThat(get(resolver.lookUp(HOST))).isEqualTo(GatedResolver.ANSWER);
            assertThat(blocked).isNotDone();
            release.countDown();
            get(blocked);
        }
    }

    @Test
    void aThrowingCallbackHarmsNobody() throws Exception {
        try (var mute = new GatedResolver(1)) {
            var resolver = new BoundedResolver(mute);
            var thrown = resolver.lookUp(HOST).thenRun(() -> {
                throw new StackOverflowError();
            });
            var next = resolver.lookUp(HOST);
            mute.answer();

            assertThat(get(next)).isEqualTo(GatedResolver.ANSWER);
            assertThat(catchThrowable(() -> get(thrown))).hasCauseInstanceOf(StackOverflowError.class);
        }
    }

    /** A user's resolver that is a value: equal to all of its kind. */
    private static final class AlwaysEqual implements NameResolver {
        private final AtomicInteger calls;
        private final NameResolver delegate;

        AlwaysEqual(AtomicInteger calls) {
            this(calls, host -> GatedResolver.ANSWER);
        }

        AlwaysEqual(AtomicInteger calls, NameResolver delegate) {
            this.calls = calls;
            this.delegate = delegate;
        }

        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            calls.incrementAndGet();
            return delegate.resolve(host);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof AlwaysEqual;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
