package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.penstock.PoolControl;
import dev.penstock.WhileOpen;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A HikariCP pool as Penstock sees it. Empty before it has started. Thread-safe. */
final class HikariPoolControl implements PoolControl {
    private record Running(HikariPoolMXBean pool, HikariConfigMXBean config) {}

    private volatile @Nullable Running running;

    /** The pool has started. */
    void started(HikariPoolMXBean pool, HikariConfigMXBean config) {
        running = new Running(pool, config);
    }

    /** A pool that has started makes its connections on a thread of its own; one that starts bounds that itself. */
    WhileOpen whileOpen() {
        return running == null ? WhileOpen.TRY : WhileOpen.WAIT;
    }

    @Override
    public int total() {
        Running now = running;
        return now == null ? 0 : now.pool().getTotalConnections();
    }

    @Override
    public int active() {
        Running now = running;
        return now == null ? 0 : now.pool().getActiveConnections();
    }

    @Override
    public int idle() {
        Running now = running;
        return now == null ? 0 : now.pool().getIdleConnections();
    }

    @Override
    public int waiting() {
        Running now = running;
        return now == null ? 0 : now.pool().getThreadsAwaitingConnection();
    }

    @Override
    public int max() {
        Running now = running;
        return now == null ? 0 : now.config().getMaximumPoolSize();
    }

    @Override
    public Duration callersLimit() {
        Running now = running;
        return now == null ? Duration.ZERO : Duration.ofMillis(now.config().getConnectionTimeout());
    }

    @Override
    public void resize(int max) {
        Running now = running;
        if (now != null) {
            now.config().setMaximumPoolSize(max);
        }
    }

    @Override
    public void evictAll() {
        Running now = running;
        if (now != null) {
            now.pool().softEvictConnections();
        }
    }
}
