package dev.penstock.internal.gate;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConfig;
import dev.penstock.PoolUnavailableException;
import dev.penstock.StubPool;
import dev.penstock.WhileOpen;
import dev.penstock.internal.breaker.BreakerRoute;
import dev.penstock.internal.breaker.Clockwork;
import dev.penstock.internal.breaker.CreationBreaker;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Leash;
import dev.penstock.internal.events.Listeners;
import dev.penstock.lab.Await;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Server, breaker, gate, pool and callers on virtual time. Callers, creators and probes are threads; time stands
 * still until all of them wait for something, and then goes on to the next instant at which anything happens.
 */
final class OutageWorld implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(4);
    /** Above 500 ms, below the deadline: only a probe that has been given more time succeeds. */
    private static final Duration SLOW = Duration.ofMillis(700);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    enum Server {
        UP,
        SLOW,
        REFUSING,
        SILENT,
        FULL,
        STARTING
    }

    final Gate gate;
    final CreationBreaker breaker;
    final List<Caller> callers = new ArrayList<>();
    final List<Creator> creators = new ArrayList<>();
    /** Ticker times at which somebody asked the server for a session. */
    final List<Long> attempts = new CopyOnWriteArrayList<>();

    volatile Server server = Server.UP;
    final StubPool pool = new StubPool();

    private final BreakerRoute route;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private volatile long now = 1_000_000_007L; // written with the lock held
    private final TreeSet<Long> instants = new TreeSet<>(); // guarded by this
    private final List<Timer> timers = new ArrayList<>(); // guarded by this
    private volatile boolean ended;

    private final AtomicInteger wakings = new AtomicInteger();
    /** At which waking a thread last looked at the time in the gate. */
    private final Map<Thread, Integer> looks = new ConcurrentHashMap<>();

    private record Timer(long due, Runnable task, CompletableFuture<Void> future) {}

    OutageWorld(@Nullable Duration failFastAfter, long seed) {
        Clockwork clockwork = new Clockwork(() -> now, this::schedule, task -> thread("worker", task));
        Random random = new Random(seed);
        breaker = new CreationBreaker(
                "world",
                PenstockConfig.builder()
                        .breaker(b -> b.mode(BreakerMode.ON).rampUp(1000)) // that wait is one of real time
                        .build()
                        .breaker(),
                DEADLINE,
                clockwork,
                new Listeners(List.of()),
                () -> pool.total == 0,
                random::nextDouble);
        route = new BreakerRoute("world", breaker, new Creations(), DEADLINE, clockwork);
        gate = new Gate("world", pool, breaker::outage, failFastAfter, route::ask, this::looked);
        breaker.onChange(gate::breakerChanged);
    }

    // ---- what happens in it ---------------------------------------------------------------------

    Caller arrives(Duration limit) {
        Caller caller = new Caller(now, limit.toNanos());
        callers.add(caller);
        at(now + limit.toNanos());
        caller.thread = thread("caller", caller);
        settle();
        return caller;
    }

    void creatorComes() {
        Creator creator = new Creator();
        creators.add(creator);
        creator.thread = thread("creator", creator);
        settle();
    }

    void poolHas(int connections) {
        pool.total = connections;
    }

    /** Whoever waits in the gate acts on it before anything else happens. */
    void poolIsSuspended(boolean suspended) {
        if (suspended) {
            gate.suspend();
        } else {
            gate.resume();
        }
        settle();
    }

    void serverIs(Server state) {
        server = state;
    }

    long now() {
        return now;
    }

    /** Lets time pass, from instant to instant. */
    void pass(Duration duration) {
        long target = now + duration.toNanos();
        at(target);
        while (now < target) {
            next();
            settle();
        }
    }

    private synchronized void next() {
        Long instant = instants.pollFirst();
        if (instant == null) {
            throw new IllegalStateException("nothing to come");
        }
        now = Math.max(now, instant);
        for (Timer timer : List.copyOf(timers)) {
            if (timer.due() <= now) {
                timers.remove(timer);
                if (!timer.future().isCancelled()) {
                    timer.task().run();
                }
            }
        }
        notifyAll();
    }

    /**
     * Until every thread waits, or has ended: then nothing happens until time goes on. A thread that has been woken
     * and not run yet looks like one that waits: hence whoever waits in the gate is woken once more by us, and has to
     * have looked at the time since.
     */
    private void settle() {
        for (int round = 0; round < 2; round++) {
            Await.until("every thread waits", PATIENCE, () -> threads.stream().allMatch(OutageWorld::waits));
            wakings.incrementAndGet();
            gate.breakerChanged();
            Await.until(
                    "every caller has looked", PATIENCE, () -> callers.stream().allMatch(this::hasLooked));
        }
        Await.until("every thread waits again", PATIENCE, () -> threads.stream().allMatch(OutageWorld::waits));
        threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
    }

    private boolean hasLooked(Caller caller) {
        Thread thread = caller.thread;
        return !caller.isWaiting() || (thread != null && looks.getOrDefault(thread, -1) == wakings.get());
    }

    /** The time, as the gate sees it. */
    private long looked() {
        looks.put(Thread.currentThread(), wakings.get());
        return now;
    }

    private static boolean waits(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.TERMINATED;
    }

    private synchronized void at(long instant) {
        instants.add(instant);
    }

    private synchronized Future<?> schedule(Runnable task, long delayNanos) {
        Timer timer = new Timer(now + Math.max(1, delayNanos), task, new CompletableFuture<>());
        timers.add(timer);
        instants.add(timer.due());
        return timer.future();
    }

    private Thread thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Until the instant, or somebody ends it, or the world does. */
    private synchronized void waitUntil(long instant, Leash leash) {
        leash.hold(why -> wake());
        instants.add(instant);
        while (now < instant && !ended && !leash.hasEnded()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts the server", e);
            }
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    @Override
    public void close() {
        route.close();
        gate.close();
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        Await.until(
                "everybody goes home",
                PATIENCE,
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TERMINATED));
    }

    // ---- who is in it ---------------------------------------------------------------------------

    /** Goes through the gate once. */
    final class Caller implements Runnable {
        final long arrivedAt;
        final long limit;

        @Nullable Thread thread;

        volatile boolean interrupted;
        volatile long endedAt;
        /** How often it came back: once, when it has. */
        final AtomicInteger ends = new AtomicInteger();

        volatile boolean passed;
        volatile long left;
        volatile @Nullable Exception refusal;
        volatile @Nullable Outage refusedIn;

        Caller(long arrivedAt, long limit) {
            this.arrivedAt = arrivedAt;
            this.limit = limit;
        }

        @Override
        public void run() {
            try {
                left = gate.pass(limit);
                passed = true;
            } catch (PoolUnavailableException | InterruptedException | RuntimeException e) {
                refusal = e;
                refusedIn = breaker.outage();
            }
            endedAt = now;
            ends.incrementAndGet();
        }

        boolean isWaiting() {
            return ends.get() == 0;
        }

        void interrupt() {
            interrupted = true;
            if (thread != null) {
                thread.interrupt();
            }
            settle();
        }
    }

    /** Wants one connection, as HikariCP's adder does. */
    final class Creator implements Runnable {
        @Nullable Thread thread;

        volatile @Nullable Connection connection;
        volatile @Nullable SQLException failure;

        @Override
        public void run() {
            try {
                connection = route.connect(new ConnectOrder(null, true, WhileOpen.WAIT));
            } catch (SQLException e) {
                failure = e;
            }
        }

        boolean isWaiting() {
            return connection == null && failure == null;
        }
    }

    private final class Creations implements Creation {
        @Override
        public Connection connect(ConnectOrder order, Duration limit, Leash leash) throws SQLException {
            long begun = now;
            attempts.add(begun);
            Server asked = server;
            switch (asked) {
                case SILENT -> waitUntil(begun + limit.toNanos(), leash);
                case SLOW -> waitUntil(begun + Math.min(limit.toNanos(), SLOW.toNanos()), leash);
                default -> {}
            }
            ConnectOutcome outcome = ended || leash.hasEnded() ? ConnectOutcome.ABANDONED : outcome(asked, limit);
            if (outcome != ConnectOutcome.CONNECTED) {
                throw failure(outcome, Duration.ofNanos(now - begun), limit);
            }
            return connection();
        }

        private ConnectOutcome outcome(Server asked, Duration limit) {
            return switch (asked) {
                case UP -> ConnectOutcome.CONNECTED;
                case SLOW -> limit.compareTo(SLOW) > 0 ? ConnectOutcome.CONNECTED : ConnectOutcome.TIMED_OUT;
                case REFUSING -> ConnectOutcome.UNREACHABLE;
                case SILENT -> ConnectOutcome.TIMED_OUT;
                case FULL -> ConnectOutcome.SERVER_FULL;
                case STARTING -> ConnectOutcome.STARTING_UP;
            };
        }

        @Override
        public void close() {}
    }

    private static ConnectFailedException failure(ConnectOutcome outcome, Duration elapsed, Duration limit) {
        return new ConnectFailedException(
                "made up: " + outcome, "08001", List.of(), ConnectPhase.TCP, outcome, elapsed, limit, null);
    }

    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                OutageWorld.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> "a connection";
                    default -> null;
                });
    }
}
