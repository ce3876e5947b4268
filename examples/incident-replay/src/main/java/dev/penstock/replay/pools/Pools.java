package dev.penstock.replay.pools;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.ReclaimPolicy;
import dev.penstock.hikari.PenstockHikariDataSource;
import java.time.Duration;
import java.util.Properties;

/** The pools: the same HikariCP configuration, without Penstock and with it. */
public final class Pools {
    public static final int SIZE = 5;

    /** The default is 30 s, too long for the stage: for the {@code hurried} ones only. */
    public static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(1);

    /** The same of {@code connect.deadline}. */
    public static final Duration DEADLINE = Duration.ofSeconds(1);

    /** Of {@link #failFast}. */
    public static final Duration FAIL_FAST_AFTER = Duration.ofSeconds(2);

    /** Of {@link #reclaiming}. */
    public static final Duration SUSPECT_AFTER = Duration.ofMillis(500);

    /** Of statements and idle transactions, of {@link #limitedByServer} and {@link #limited}. */
    public static final Duration SESSION_LIMIT = Duration.ofSeconds(1);

    /** The least that HikariCP takes. */
    private static final Duration DETECTION = Duration.ofSeconds(2);

    private static final String PENSTOCK = "Penstock";

    /** Makes a pool of one kind. */
    @FunctionalInterface
    public interface Kind {
        HikariDataSource open(String url, Properties credentials);
    }

    private Pools() {}

    /** HikariCP over pgjdbc, both with their default limits apart from the pool's own. */
    public static HikariDataSource hurriedPlain(String url, Properties credentials) {
        return new HikariDataSource(hurried(config("plain", url, credentials)));
    }

    /** The same over Penstock. */
    public static HikariDataSource hurriedPenstock(String url, Properties credentials) {
        return new PenstockHikariDataSource(
                hurried(config(PENSTOCK, url, credentials)),
                PenstockConfig.builder()
                        .connect(connect -> connect.deadline(DEADLINE))
                        .build());
    }

    /** HikariCP over pgjdbc, at their defaults. */
    public static HikariDataSource plain(String url, Properties credentials) {
        return new HikariDataSource(config("plain", url, credentials));
    }

    /** The same over Penstock, at its defaults. */
    public static HikariDataSource penstock(String url, Properties credentials) {
        return new PenstockHikariDataSource(config(PENSTOCK, url, credentials));
    }

    /** The same, with callers refused at once when an outage has lasted {@link #FAIL_FAST_AFTER}. */
    public static HikariDataSource failFast(String url, Properties credentials) {
        return new PenstockHikariDataSource(
                config("fail fast", url, credentials),
                PenstockConfig.builder()
                        .gate(gate -> gate.failFastAfter(FAIL_FAST_AFTER))
                        .build());
    }

    /** HikariCP over pgjdbc, in a hurry and with its own leak detection. */
    public static HikariDataSource leakDetecting(String url, Properties credentials) {
        HikariConfig config = hurried(config("plain", url, credentials));
        config.setLeakDetectionThreshold(DETECTION.toMillis());
        return new HikariDataSource(config);
    }

    /** The same over Penstock, which takes back what nobody is left to give back. */
    public static HikariDataSource reclaiming(String url, Properties credentials, PenstockListener listener) {
        return new PenstockHikariDataSource(
                hurried(config(PENSTOCK, url, credentials)),
                PenstockConfig.builder()
                        .leases(leases -> leases.suspectAfter(SUSPECT_AFTER).reclaim(ReclaimPolicy.DEAD_OWNER))
                        .listener(listener)
                        .build());
    }

    /** HikariCP over pgjdbc, in a hurry and with limits on the server, as runbooks have it. */
    public static HikariDataSource limitedByServer(String url, Properties credentials) {
        HikariConfig config = hurried(config("plain", url, credentials));
        long millis = SESSION_LIMIT.toMillis();
        config.setConnectionInitSql(
                "set statement_timeout = " + millis + "; set idle_in_transaction_session_timeout = " + millis);
        return new HikariDataSource(config);
    }

    /** The same over Penstock, with its own limits. */
    public static HikariDataSource limited(String url, Properties credentials) {
        return new PenstockHikariDataSource(
                hurried(config(PENSTOCK, url, credentials)),
                PenstockConfig.builder()
                        .session(session ->
                                session.statementTimeout(SESSION_LIMIT).idleInTransactionTimeout(SESSION_LIMIT))
                        .build());
    }

    private static HikariConfig hurried(HikariConfig config) {
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        return config;
    }

    private static HikariConfig config(String name, String url, Properties credentials) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(credentials.getProperty("user"));
        config.setPassword(credentials.getProperty("password"));
        config.setMaximumPoolSize(SIZE);
        return config;
    }
}
