package dev.penstock.replay.pools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import java.time.Duration;
import java.util.Properties;

/** The two pools: one HikariCP configuration, without Penstock and with it. */
public final class Pools {
    public static final int SIZE = 5;
    public static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration DEADLINE = Duration.ofSeconds(1);

    /** Makes a pool of one kind. */
    @FunctionalInterface
    public interface Kind {
        HikariDataSource open(String url, Properties credentials);
    }

    private Pools() {}

    /** HikariCP over pgjdbc, both with their default limits apart from the pool's own. */
    public static HikariDataSource plain(String url, Properties credentials) {
        HikariConfig config = config("plain", credentials);
        config.setJdbcUrl(url);
        return new HikariDataSource(config);
    }

    /** The same over Penstock. */
    public static HikariDataSource penstock(String url, Properties credentials) {
        HikariConfig config = config("penstock", credentials);
        config.setDataSource(PenstockConnector.builder(url)
                .properties(credentials)
                .config(PenstockConfig.builder()
                        .connect(connect -> connect.deadline(DEADLINE))
                        .build())
                .watchPoolSetup()
                .build());
        return new HikariDataSource(config);
    }

    private static HikariConfig config(String name, Properties credentials) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setUsername(credentials.getProperty("user"));
        config.setPassword(credentials.getProperty("password"));
        config.setMaximumPoolSize(SIZE);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        return config;
    }
}
