package dev.penstock.internal.resolve;

import static dev.penstock.internal.resolve.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.NameResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedResolverTest {
    private static final String HOST = "db.example.com";

    @Test
    void answersWhatTheResolverAnswers() throws Exception {
        List<InetAddress> answer = List.of(InetAddress.getByName("10.0.0.1"), InetAddress.getByName("2001:db8::1"));

        assertThat(get(new BoundedResolver(host -> answer).lookUp(HOST))).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "::1", "[::1]", "fe80::1%1", "1::2::3"})
    void addressesNeedNeitherResolverNorThread(String literal) throws Exception {
        ResolverThreadCensus.awaitNone();

        assertThat(new BoundedResolver(BoundedResolverTest::mustNotBeAsked).lookUp(literal))
                .isDone();
        assertThat(ResolverThreadCensus.alive()).isEmpty();
    }

    @Test
    void theSystemResolverKnowsLocalhost() throws Exception {
        assertThat(get(new BoundedResolver(NameResolver.system()).lookUp("localhost")))
                .isNotEmpty()
                .allMatch(InetAddress::isLoopbackAddress);
    }

    @ParameterizedTest
    @MethodSource
    void whatTheResolverThrowsReachesTheCallerAsItIs(Throwable thrown) {
        var calls = new AtomicInteger();
        var resolver = new BoundedResolver(host -> {
            calls.incrementAndGet();
            throw BoundedResolverTest.<RuntimeException>sneaky(thrown);
        });

        assertThat(failureOf(resolver.lookUp(HOST))).isSameAs(thrown);
        assertThat(failureOf(resolver.lookUp(HOST))).isSameAs(thrown);
        assertThat(calls).hasValue(2);
        assertThat(resolver.lookUpsUnderWay()).isZero();
    }

    static Stream<Throwable> whatTheResolverThrowsReachesTheCallerAsItIs() {
        return Stream.of(
                new UnknownHostException(HOST),
                new IllegalStateException("broken"),
                new StackOverflowError(),
                new OutOfMemoryError("for the test"),
                new IOException("declared nowhere"),
                new InterruptedException());
    }

    @ParameterizedTest
    @MethodSource
    void anAnswerWithoutAddressIsAnUnknownHost(List<InetAddress> answer) {
        assertThat(failureOf(new BoundedResolver(host -> answer).lookUp(HOST)))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageStartingWith(HOST + ": the name resolver returned n");
    }

    static Stream<List<InetAddress>> anAnswerWithoutAddressIsAnUnknownHost() {
        return Stream.of(null, List.of(), Arrays.asList((InetAddress) null));
    }

    @Test
    void theAnswerIsACopy() throws Exception {
        List<InetAddress> owned = Arrays.asList(InetAddress.getByName("10.0.0.1"), null);
        List<InetAddress> answer = get(new BoundedResolver(host -> owned).lookUp(HOST));
        owned.set(0, InetAddress.getByName("10.0.0.2"));

        assertThat(answer).containsExactly(InetAddress.getByName("10.0.0.1"));
    }

    /** As a callback sees it: what {@code get} wraps must not have been wrapped before. */
    private static Throwable failureOf(CompletableFuture<?> future) {
        var seen = new CompletableFuture<Throwable>();
        var unused = future.whenComplete((value, failure) -> seen.complete(failure));
        assertThat(catchThrowable(() -> get(future))).isInstanceOf(ExecutionException.class);
        return seen.join();
    }

    private static List<InetAddress> mustNotBeAsked(String host) {
        throw new AssertionError("asked for " + host);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
