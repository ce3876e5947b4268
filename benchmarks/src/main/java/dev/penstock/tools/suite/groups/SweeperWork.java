package dev.penstock.tools.suite.groups;

import dev.penstock.internal.sweep.Swept;
import dev.penstock.internal.sweep.Turn;
import dev.penstock.tools.leaks.ManyLeases;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sweeps by a clock of its own: half a minute of sweeps as the sweeper would make them, without the pauses between.
 * Details: the numbers of leases; the last of them is done once before, so that all of it is compiled: few
 * leases that are swept by an interpreter would look as dear as many.
 */
final class SweeperWork {
    private static final Duration SUSPECT_AFTER = Duration.ofSeconds(8);
    private static final long TICK = Duration.ofMillis(200).toNanos();

    /** The suspects are reported after 8, 16, 32 and 64 s; what is measured lies between the last two of these. */
    private static final long WARM = Duration.ofSeconds(34).toNanos();

    private static final long MEASURED = Duration.ofSeconds(25).toNanos();

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final AtomicLong clock = new AtomicLong();
    private final Caches caches = new Caches();

    private SweeperWork() {}

    static Map<String, Double> measure(Assignment assignment) throws Exception {
        Map<String, Double> figures = new LinkedHashMap<>();
        int sizes = assignment.details().size();
        Map<String, Double> unused = new SweeperWork().measure(assignment.number(sizes - 1));
        for (int i = 0; i < sizes; i++) {
            figures.putAll(new SweeperWork().measure(assignment.number(i)));
        }
        return figures;
    }

    static String sweep(int leases) {
        return "sweep, " + leases;
    }

    static String share(int leases) {
        return "share, " + leases;
    }

    private Map<String, Double> measure(int leases) throws Exception {
        int pools = leases / ManyLeases.PER_DESK;
        try (ManyLeases open = ManyLeases.unwatched(pools, SUSPECT_AFTER, clock::get)) {
            List<Counted> desks = open.desks().stream().map(Counted::new).toList();
            List<Turn> turns = new ArrayList<>();
            desks.forEach(desk -> turns.add(new Turn(desk, clock.get())));
            long unused = pass(WARM, turns);
            checkSuspects(open, pools);
            long before = sweeps(desks);
            double nanos = pass(MEASURED, turns);
            double sweepsOfAll = (double) (sweeps(desks) - before) / pools;
            return Map.of(sweep(leases), nanos / sweepsOfAll, share(leases), 100 * nanos / MEASURED);
        }
    }

    private static long sweeps(List<Counted> desks) {
        return desks.stream().mapToLong(desk -> desk.sweeps).sum();
    }

    private static void checkSuspects(ManyLeases open, int pools) {
        if (open.suspects() != pools) {
            throw new IllegalStateException(
                    "one lease of each pool must be suspect by now, but " + open.suspects() + " of " + pools + " were");
        }
    }

    /** So much time on its clock; nanoseconds of processor time in sweeps. */
    private long pass(long time, List<Turn> turns) {
        long spent = 0;
        for (long end = clock.get() + time; clock.get() < end; ) {
            long now = clock.addAndGet(TICK);
            caches.takenByOthers();
            long before = THREADS.getCurrentThreadCpuTime();
            for (Turn turn : turns) {
                boolean unused = turn.tick(now);
            }
            spent += THREADS.getCurrentThreadCpuTime() - before;
        }
        return spent;
    }

    /** A desk whose sweeps are counted. */
    private static final class Counted implements Swept {
        private final Swept desk;
        private long sweeps;

        Counted(Swept desk) {
            this.desk = desk;
        }

        @Override
        public long sweep(long now) {
            sweeps++;
            return desk.sweep(now);
        }

        @Override
        public String name() {
            return desk.name();
        }

        @Override
        public String task() {
            return desk.task();
        }

        @Override
        public Duration tick() {
            return desk.tick();
        }

        @Override
        public long longestPause() {
            return desk.longestPause();
        }
    }

    /** Between two sweeps the application has the processor's caches for most of a second. */
    private static final class Caches {
        private static final int LONGS = 4 << 20; // 32 MB
        private static final int LINE = 8;

        private final long[] others = new long[LONGS];

        void takenByOthers() {
            for (int i = 0; i < LONGS; i += LINE) {
                others[i]++;
            }
        }
    }
}
