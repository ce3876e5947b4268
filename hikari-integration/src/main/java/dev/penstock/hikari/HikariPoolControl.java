package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.penstock.PoolControl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A HikariCP pool as Penstock sees it. Empty before it has started. Thread-safe. */
final class HikariPoolControl implements PoolControl {
    private record Running(HikariPoolMXBean pool, HikariConfigMXBean config) {}

    private volatile @Nullable Running running;
    private @Nullable Long ownValidation; // guarded by this; null unless it is limited

    /** The pool has started. */
    void started(HikariPoolMXBean pool, HikariConfigMXBean config) {
        running = new Running(pool, config);
    }

    /** Whether it has: from then on it makes its connections on a thread of its own. */
    boolean isStarted() {
        return running != null;
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
    public synchronized void limitValidation(Duration limit) {
        Running now = running;
        if (now != null && ownValidation == null) {
            long own = now.config().getValidationTimeout();
            ownValidation = own;
            now.config().setValidationTimeout(Math.min(own, limit.toMillis()));
        }
    }

    @Override
    public synchronized void restoreValidation() {
        Running now = running;
        if (now != null && ownValidation != null) {
            now.config().setValidationTimeout(ownValidation);
            ownValidation = null;
        }
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
