package dev.penstock.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.tools.pools.PlainPools;
import dev.penstock.tools.pools.Target;
import java.time.Duration;

/** The two pools of any size that are compared; everything else at its default. */
public enum Contender {
    HIKARI("HikariCP") {
        @Override
        HikariDataSource open(HikariConfig config) {
            return new HikariDataSource(config);
        }
    },
    PENSTOCK("Penstock") {
        @Override
        HikariDataSource open(HikariConfig config) {
            return new PenstockHikariDataSource(config);
        }
    };

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** As rows call it. */
    public String title() {
        return title;
    }

    /** A pool that has all its connections. */
    public HikariDataSource open(Target target, int size) {
        HikariConfig config = PlainPools.hikari(target);
        config.setMaximumPoolSize(size);
        HikariDataSource pool = open(config);
        Await.until(
                size + " connections",
                PATIENCE,
                () -> pool.getHikariPoolMXBean().getIdleConnections() == size);
        return pool;
    }

    abstract HikariDataSource open(HikariConfig config);
}
