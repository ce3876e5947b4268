package dev.penstock.hikari;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.penstock.InvalidSettingException;
import dev.penstock.PoolControl;
import dev.penstock.WhileOpen;
import java.sql.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A HikariCP pool as Penstock sees it. Empty before it has started. Thread-safe. */
public final class HikariPoolControl implements PoolControl {
    private record Running(HikariPool pool, HikariConfigMXBean config) {}

    private final @Nullable HikariDataSource source;

    private volatile @Nullable Running running;

    /** Of a pool that will say when it has started. */
    HikariPoolControl() {
        this(null);
    }

    /** Of a pool that may have started, or starts without a word: one that is guarded, for example. */
    public static PoolControl of(HikariDataSource source) {
        return new HikariPoolControl(source);
    }

    /** Of a pool that may start without a word. */
    HikariPoolControl(@Nullable HikariDataSource source) {
        this.source = source;
    }

    private @Nullable Running running() {
        if (running == null && source != null && source.getHikariPoolMXBean() instanceof HikariPool pool) {
            started(pool, source);
        }
        return running;
    }

    /** The pool has started. */
    void started(HikariPool pool, HikariConfigMXBean config) {
        running = new Running(pool, config);
    }

    /** A pool that has started makes its connections on a thread of its own; one that starts bounds that itself. */
    WhileOpen whileOpen() {
        return running == null ? WhileOpen.TRY : WhileOpen.WAIT;
    }

    @Override
    public int total() {
        Running now = running();
        return now == null ? 0 : now.pool().getTotalConnections();
    }

    @Override
    public int active() {
        Running now = running();
        return now == null ? 0 : now.pool().getActiveConnections();
    }

    @Override
    public int idle() {
        Running now = running();
        return now == null ? 0 : now.pool().getIdleConnections();
    }

    @Override
    public int waiting() {
        Running now = running();
        return now == null ? 0 : now.pool().getThreadsAwaitingConnection();
    }

    @Override
    public int max() {
        Running now = running();
        return now == null ? 0 : now.config().getMaximumPoolSize();
    }

    @Override
    public Duration callersLimit() {
        Running now = running();
        return now == null ? Duration.ZERO : Duration.ofMillis(now.config().getConnectionTimeout());
    }

    /**
     * Sets {@code maximumPoolSize}. A pool of fixed size ({@code minimumIdle} the same, HikariCP's default) stays one;
     * any other {@code minimumIdle} is left as it is, HikariCP goes by the smaller of the two. A pool that shrinks
     * closes nothing for it: connections go when their time is over, or by {@link #evictAll}.
     */
    @Override
    public void resize(int max) {
        Running now = running();
        if (now == null) {
            throw new IllegalStateException("the pool has not started: set maximumPoolSize in its configuration");
        }
        if (max < 1) {
            throw new InvalidSettingException("maximumPoolSize", "must be 1 or more", max);
        }
        boolean fixed = now.config().getMinimumIdle() == now.config().getMaximumPoolSize();
        now.config().setMaximumPoolSize(max);
        if (fixed) {
            now.config().setMinimumIdle(max);
        }
        askForWhoWaits(now.pool());
    }

    /** As each of them did when it came; HikariCP would make more at the next borrow only, whoever waits. */
    private static void askForWhoWaits(HikariPool pool) {
        int waiting = pool.getThreadsAwaitingConnection();
        for (int i = 0; i < waiting; i++) {
            pool.addBagItem(waiting);
        }
    }

    @Override
    public void evictAll() {
        Running now = running();
        if (now != null) {
            now.pool().softEvictConnections();
        }
    }

    /** The pool makes another for whoever waits; HikariCP by itself would at the next borrow only. */
    @Override
    public void evict(Connection connection) {
        Running now = running();
        if (now != null) {
            now.pool().evictConnection(connection);
            askForWhoWaits(now.pool());
        }
    }
}
