package dev.penstock.tools.tune.load;

import dev.penstock.internal.time.Deadline;
import dev.penstock.tools.tune.load.LoadListener.Phase;
import dev.penstock.tools.tune.mix.Mix;
import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.LoadStoppedException;
import dev.penstock.tools.tune.search.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One measurement over a pool that is there. Used by one thread, once. */
final class Run {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What is late at the end is done still, unless that takes longer than this. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

    /** When it must not go on, whoever has a statement under way may end it for so long. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Beyond the limit of a statement: for the client's own enforcement of it. */
    private static final Duration BEYOND = Duration.ofSeconds(5);

    private final int size;
    private final LoadPlan plan;
    private final Duration unitLimit;
    private final Deadline deadline;
    private final LoadListener listener;
    private final Stop stop;
    private final Trouble trouble = new Trouble();
    private final LongAdder units = new LongAdder();
    private final Window window;
    private final Work work;
    private final List<Caller> callers = new ArrayList<>();
    private final Callers employed;

    /**
     * Begins it.
     *
     * @param deadline whoever has a statement under way then is broken off
     */
    Run(
            int size,
            FilledPool pool,
            Mix mix,
            LoadPlan plan,
            Effort effort,
            Duration statementLimit,
            Deadline deadline,
            LoadListener listener,
            Stop stop) {
        this.size = size;
        this.plan = plan;
        this.unitLimit = statementLimit.multipliedBy(mix.units().stream()
                .mapToInt(unit -> unit.statements().size())
                .max()
                .orElse(1));
        this.deadline = deadline;
        this.listener = listener;
        this.stop = stop;
        // the same whatever is measured before, so that sizes differ in nothing else
        SplittableRandom random = new SplittableRandom(plan.seed());
        window = Window.from(System.nanoTime(), effort);
        work = work(effort, pool, random.split());
        Caller.Common common = new Caller.Common(pool.dataSource(), mix, work, window, trouble, units);
        for (int i = 0; i < threads(); i++) {
            callers.add(new Caller(common, random.split()));
        }
        employed = new Callers(callers, plan.virtual());
    }

    /** With an open loop so many that the pool has borrowers waiting whenever work is late. */
    private int threads() {
        return plan.rate() == null ? plan.callers() : Math.max(plan.callers(), 2 * size);
    }

    private Work work(Effort effort, FilledPool pool, SplittableRandom random) {
        if (plan.rate() == null) {
            return new Work.Closed(window, pool::waiting, stop);
        }
        long most = Math.min(effort.measured().toNanos(), MOST_PATIENCE.toNanos());
        long left = Math.max(0, deadline.remainingNanos() - effort.total().toNanos());
        Duration patience = Duration.ofNanos(Math.min(most, left));
        return new Work.Open(new PoissonArrivals(window.start(), plan.rate(), random), window, patience, stop);
    }

    /** Until all callers have ended. */
    Measured measure(BackendCpu cpu) throws InterruptedException, LoadStoppedException {
        watch(Phase.WARMING_UP, window.counts());
        long from = System.nanoTime();
        @Nullable Long before = cpu.ticks();
        @Nullable Long callersBefore = CallersCpu.nanos();
        watch(Phase.MEASURING, window.end());
        long lasted = System.nanoTime() - from;
        @Nullable Double busy = cpu.share(before, cpu.ticks(), lasted);
        @Nullable Double callersBusy = CallersCpu.share(callersBefore, CallersCpu.nanos(), lasted);
        boolean ended = end();
        if (stop.isRequested()) {
            throw new InterruptedException("asked to stop");
        }
        trouble.complain("with " + size + (size == 1 ? " connection" : " connections"));
        if (!ended && deadline.expired()) {
            throw new LoadStoppedException(
                    "the time was up (--max-time) while statements were under way with " + size
                            + " connections: allow more, or set a shorter --statement-timeout",
                    null);
        }
        if (!ended) {
            throw new LoadStoppedException(
                    "stopped with " + size + " connections: callers did not come back, though no unit of work may take"
                            + " more than " + unitLimit.toMillis() + " ms (--statement-timeout for each statement)",
                    null);
        }
        return result(busy, callersBusy);
    }

    private void watch(Phase phase, long until) throws InterruptedException {
        boolean enough;
        do { // told of at least once, however late a busy machine is
            long left = Math.max(0, until - System.nanoTime());
            listener.at(size, phase, Duration.ofNanos(left), units.sum());
            enough = trouble.within(Math.min(left, TICK_NANOS)) || stop.isRequested();
        } while (!enough && System.nanoTime() - until < 0);
    }

    private boolean end() throws InterruptedException {
        Duration patience = MOST_PATIENCE.plus(unitLimit).plus(BEYOND);
        long until = System.nanoTime() + patience.toNanos();
        boolean hurried = false;
        while (!employed.join(TICK_NANOS)) {
            if (trouble.isThere() || stop.isRequested() || deadline.expired()) {
                until = hurried ? until : System.nanoTime() + LAST_WORDS.toNanos();
                hurried = true;
                employed.sendHome();
            }
            if (System.nanoTime() - until > 0) {
                return false; // the pool is about to be closed, which ends them
            }
            listener.at(size, Phase.ENDING, Duration.ZERO, units.sum());
        }
        return true;
    }

    private Measured result(@Nullable Double busy, @Nullable Double callersBusy) {
        Tally all = new Tally(window);
        callers.forEach(caller -> all.add(caller.tally()));
        work.untaken(all, System.nanoTime());
        Measured measured = new Measured(
                size,
                Duration.ofNanos(window.end() - window.counts()),
                all.done(),
                all.failed(),
                all.times(),
                busy,
                callersBusy);
        listener.measured(measured, all.failures(), all.late());
        return measured;
    }
}
