package dev.penstock.tools.outage;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.pools.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The server itself, killed and started again. Nothing stands in between: who connects while it starts is told so by
 * the server (57P03), as in a real restart.
 */
final class ServerStage implements Stage {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final PostgresServer server;
    private boolean down;

    ServerStage(PostgresServer server) {
        this.server = server;
    }

    @Override
    public Target target() {
        return Stage.target(server, server.host(), server.port());
    }

    @Override
    public void begin() {
        down = true;
        server.kill9();
    }

    /**
     * {@code pg_ctl} says up to 100 ms late that the server is ready, which would hide as much of the recovery: so a
     * connect of our own is tried all the time, and the first that succeeds ends the outage.
     */
    @Override
    public void heal(Runnable healed) {
        AtomicBoolean over = new AtomicBoolean();
        Thread watch = new Thread(
                () -> {
                    while (!over.get() && !accepts()) {
                        LockSupport.parkNanos(POLL_NANOS);
                    }
                    healed.run();
                },
                "outage-healing");
        watch.setDaemon(true);
        watch.start();
        try {
            restart();
        } finally {
            over.set(true);
            join(watch);
        }
    }

    private void restart() {
        server.restart();
        down = false;
    }

    private boolean accepts() {
        try (Connection connection = server.connect()) {
            return !connection.isClosed();
        } catch (SQLException e) {
            return false;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (down) {
            restart();
        }
    }
}
