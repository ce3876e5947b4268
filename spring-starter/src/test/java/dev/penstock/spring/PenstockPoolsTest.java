package dev.penstock.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.spring.PenstockPool.Reach;
import dev.penstock.spring.PenstockPools.Watcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Which pools there are, and who is told of it. */
class PenstockPoolsTest {
    /** The common pool may have one only, and some here hang. */
    private static final Executor THREADS = task -> new Thread(task, "pools-test").start();

    private static final long PATIENCE_SECONDS = 30;

    private final PenstockPools pools = new PenstockPools();

    private static PenstockPool pool(String bean) {
        return new PenstockPool(bean, Reach.WHOLE, new DelegatingDataSource(), () -> {
            throw new UnsupportedOperationException("nobody asks for it here");
        });
    }

    /** What it was told, in the order of it. */
    private static class Recorder implements Watcher {
        final List<String> told = new ArrayList<>();

        @Override
        public void added(PenstockPool pool) {
            told.add("+" + pool.bean());
        }

        @Override
        public void removed(PenstockPool pool) {
            told.add("-" + pool.bean());
        }
    }

    private static void inTime(Runnable task) throws Exception {
        CompletableFuture.runAsync(task, THREADS).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aWatcherIsToldOfThoseThatAreThereAndThoseThatComeAndGo() {
        PenstockPool first = pool("first");
        Recorder recorder = new Recorder();
        pools.add(first);

        pools.watch(recorder);
        pools.add(pool("second"));
        pools.remove(first);
        pools.remove(first);

        assertThat(recorder.told).containsExactly("+first", "+second", "-first");
    }

    @Test
    void ofTwoForOneBeanTheEarlierGoesFirst() {
        Recorder recorder = new Recorder();
        PenstockPool earlier = pool("orders");
        PenstockPool later = pool("orders");
        pools.watch(recorder);
        pools.add(earlier);
        pools.add(later);

        pools.remove(earlier); // it is not there any more

        assertThat(recorder.told).containsExactly("+orders", "-orders", "+orders");
        assertThat(pools.require("orders")).isSameAs(later);
    }

    @Test
    void whoeverThrowsFailsNobodyElse() {
        PenstockPool orders = pool("orders");
        Recorder recorder = new Recorder();
        pools.watch(new Watcher() {
            @Override
            public void added(PenstockPool pool) {
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void removed(PenstockPool pool) {
                throw new AssertionError("on purpose");
            }
        });
        pools.watch(recorder);

        pools.add(orders);
        pools.remove(orders);

        assertThat(recorder.told).containsExactly("+orders", "-orders");
    }

    @Test
    void whoeverMakesAPoolWhileItIsToldIsToldOfThatAfterwards() {
        Recorder recorder = new Recorder() {
            @Override
            public void added(PenstockPool pool) {
                if (pool.bean().equals("first")) {
                    pools.add(pool("another"));
                    assertThat(told).isEmpty();
                }
                super.added(pool);
            }
        };
        pools.add(pool("first"));
        pools.add(pool("second"));

        pools.watch(recorder);

        assertThat(recorder.told).containsExactly("+first", "+second", "+another");
    }

    @Test
    void aWatcherThatHangsKeepsNobodyWaiting() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Recorder recorder = new Recorder() {
            @Override
            public void added(PenstockPool pool) {
                hangs.countDown();
                await(goOn);
                super.added(pool);
            }
        };
        pools.watch(recorder);
        CompletableFuture<Void> adding = CompletableFuture.runAsync(() -> pools.add(pool("first")), THREADS);
        await(hangs);

        try {
            inTime(() -> {
                assertThat(pools.all()).hasSize(1);
                assertThat(pools.find("first")).isPresent();
                assertThat(pools.leftAlone()).isEmpty();
                pools.add(pool("second"));
                PenstockPool brief = pool("brief");
                pools.add(brief);
                pools.remove(brief);
                pools.watch(new Recorder());
            });
        } finally {
            goOn.countDown();
        }
        adding.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

        assertThat(recorder.told).containsExactly("+first", "+second"); // by the thread that was at it
    }

    /** By one thread at a time; of each that it is there, and then that it is gone. */
    @Test
    void whatManyThreadsDoIsToldInOrder() throws Exception {
        int threads = 4;
        int rounds = 2000;
        AtomicBoolean busy = new AtomicBoolean();
        List<String> wrong = new CopyOnWriteArrayList<>();
        Set<PenstockPool> there = new HashSet<>();
        Set<PenstockPool> gone = new HashSet<>();
        Watcher watcher = new Watcher() {
            @Override
            public void added(PenstockPool pool) {
                tell(pool, () -> !gone.contains(pool) && there.add(pool));
            }

            @Override
            public void removed(PenstockPool pool) {
                tell(pool, () -> there.remove(pool) && gone.add(pool));
            }

            private void tell(PenstockPool pool, BooleanSupplier fits) {
                if (busy.getAndSet(true)) {
                    wrong.add("somebody else is told at the same time");
                }
                if (!fits.getAsBoolean()) {
                    wrong.add("twice, or in the wrong order: " + pool);
                }
                busy.set(false);
            }
        };
        pools.watch(watcher);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String bean = "pool-" + i;
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int round = 0; round < rounds; round++) {
                            PenstockPool pool = pool(bean);
                            pools.add(pool);
                            pools.remove(pool);
                        }
                        pools.add(pool(bean));
                    },
                    THREADS));
        }
        for (CompletableFuture<Void> each : all) {
            each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        assertThat(wrong).isEmpty();
        assertThat(there).containsExactlyInAnyOrderElementsOf(pools.all()).hasSize(threads);
    }

    @Test
    void whoAsksForOneThatIsNotThereIsToldWhy() {
        pools.add(pool("orders"));
        pools.leaveAlone("h2", "it is not PostgreSQL's");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pools.require("order"))
                .withMessage("Penstock looks after no DataSource 'order', only after [orders]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pools.require("h2"))
                .withMessage("Penstock looks after no DataSource 'h2': it is not PostgreSQL's");
    }
}
