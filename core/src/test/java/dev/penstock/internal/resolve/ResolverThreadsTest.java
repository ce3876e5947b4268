package dev.penstock.internal.resolve;

import static dev.penstock.internal.resolve.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.Await;
import java.net.InetAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResolverThreadsTest {
    private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();

    @BeforeEach
    void startWithNoThread() throws InterruptedException {
        ResolverThreadCensus.awaitNone();
    }

    @Test
    void fourThreadsWhateverTheLoad() throws Exception {
        try (var mute = new GatedResolver(ResolverThreads.MAX_THREADS)) {
            var resolver = new BoundedResolver(mute);
            List<CompletableFuture<List<InetAddress>>> futures = IntStream.range(0, 300)
                    .mapToObj(i -> resolver.lookUp("db" + i + ".example.com"))
                    .toList();
            mute.awaitEntered();
            assertThat(ResolverThreadCensus.alive()).hasSize(ResolverThreads.MAX_THREADS);
            mute.answer();

            for (CompletableFuture<List<InetAddress>> future : futures) {
                assertThat(get(future)).isEqualTo(GatedResolver.ANSWER);
            }
            assertThat(mute.mostInside()).isEqualTo(ResolverThreads.MAX_THREADS);
            assertThat(mute.calls())
                    .hasSize(300)
                    .allSatisfy((host, calls) -> assertThat(calls).isEqualTo(1));
        }
    }

    @Test
    void noThreadIsLeftOnceNothingIsLookedUp() throws Exception {
        var future = new BoundedResolver(host -> GatedResolver.ANSWER).lookUp("db.example.com");
        get(future);
        assertThat(ResolverThreadCensus.alive()).hasSize(1);

        ResolverThreadCensus.awaitNone();

        assertThat(ResolverThreadCensus.alive()).isEmpty();
        var next = new BoundedResolver(host -> GatedResolver.ANSWER).lookUp("db.example.com");
        assertThat(get(next)).isEqualTo(GatedResolver.ANSWER);
    }

    @Test
    void aThreadKeepsNothingOfWhoeverLookedUpFirst() throws Exception {
        var applicationGroup = new ThreadGroup("application");
        try (var applicationLoader = new URLClassLoader(new URL[0])) {
            var seen = new CompletableFuture<Surroundings>();
            var caller = new Thread(applicationGroup, () -> {
                INHERITABLE.set("of the caller");
                var unused = new BoundedResolver(host -> {
                            seen.complete(Surroundings.here());
                            return GatedResolver.ANSWER;
                        })
                        .lookUp("db.example.com");
            });
            caller.setContextClassLoader(applicationLoader);
            caller.start();

            Surroundings surroundings = get(seen);
            assertThat(surroundings.thread().getName()).matches("penstock-resolver-\\d+");
            assertThat(surroundings.thread().isDaemon()).isTrue();
            assertThat(surroundings.contextLoader()).as("lent for the look-up").isSameAs(applicationLoader);
            Await.until(
                    "the loader to be given back",
                    Duration.ofSeconds(10),
                    () -> surroundings.thread().getContextClassLoader() == ClassLoader.getSystemClassLoader());
            assertThat(surroundings.inherited()).isNull();
            assertThat(surroundings.group().getParent()).isNull();
        }
    }

    private record Surroundings(Thread thread, ClassLoader contextLoader, String inherited, ThreadGroup group) {
        static Surroundings here() {
            Thread thread = Thread.currentThread();
            return new Surroundings(thread, thread.getContextClassLoader(), INHERITABLE.get(), thread.getThreadGroup());
        }
    }
}
