package dev.penstock.tools.breaker;

import dev.penstock.BreakerMode;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.breaker.BreakerRoute;
import dev.penstock.internal.breaker.Clockwork;
import dev.penstock.internal.breaker.CreationBreaker;
import dev.penstock.internal.breaker.Outage;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Leash;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.time.Ticker;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One instance of a fleet on virtual time: Penstock's own breaker over a server that is well, until all of it goes at
 * one instant. Somebody always wants a connection, so every probe is made when it is due. Not thread-safe.
 */
final class Instance implements Creation, Ticker {
    private static final ConnectOrder ANYBODY = ConnectOrder.PLAIN;
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final long HEALTHY_CONNECT = Duration.ofMillis(5).toNanos();
    private static final int HEALTHY_CONNECTS = 10;
    private static final long REFUSAL = Duration.ofMillis(1).toNanos();

    private final boolean silent;
    private final List<Long> attempts = new ArrayList<>();
    private final CreationBreaker breaker;
    private final BreakerRoute route;
    private long now;
    private boolean up = true;

    private Instance(boolean silent, Random random) {
        this.silent = silent;
        PenstockConfig config =
                PenstockConfig.builder().breaker(b -> b.mode(BreakerMode.ON)).build();
        Clockwork clockwork = new Clockwork(this, (task, delay) -> new CompletableFuture<>(), Runnable::run);
        breaker = new CreationBreaker(
                "instance",
                config.breaker(),
                DEADLINE,
                clockwork,
                new Listeners(List.of()),
                () -> true,
                random::nextDouble);
        route = new BreakerRoute("instance", breaker, this, DEADLINE, clockwork);
    }

    /**
     * The instants of all its attempts during an outage, in nanoseconds from its beginning.
     *
     * @param silent whether an attempt fails at its limit, or at once
     */
    static List<Long> attempts(boolean silent, Duration outage, Random random) {
        Instance instance = new Instance(silent, random);
        for (int i = 0; i < HEALTHY_CONNECTS; i++) {
            instance.connect();
        }
        return instance.loseServer(outage);
    }

    private List<Long> loseServer(Duration outage) {
        up = false;
        long begunAt = now;
        while (now - begunAt < outage.toNanos()) {
            connect();
            Outage known = breaker.outage();
            now = known == null ? now + 1 : Math.max(now + 1, known.nextProbeAt());
        }
        return attempts.stream().map(at -> at - begunAt).toList();
    }

    private void connect() {
        try {
            Connection unused = route.connect(ANYBODY);
        } catch (SQLException e) {
            // as wanted
        }
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public Connection connect(ConnectOrder order, Duration limit, Leash leash) throws SQLException {
        if (up) {
            now += HEALTHY_CONNECT;
            return connection();
        }
        attempts.add(now);
        now += silent ? limit.toNanos() : REFUSAL;
        throw failure(limit);
    }

    private ConnectFailedException failure(Duration limit) {
        return new ConnectFailedException(
                "simulated",
                "08001",
                List.of(),
                ConnectPhase.TCP,
                silent ? ConnectOutcome.TIMED_OUT : ConnectOutcome.UNREACHABLE,
                silent ? limit : Duration.ofNanos(REFUSAL),
                limit,
                null);
    }

    private static Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                Instance.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    throw new UnsupportedOperationException("simulated");
                });
    }

    @Override
    public void close() {
        // nothing is open
    }
}
