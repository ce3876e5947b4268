package dev.penstock.tools.limits;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.LimitsInForce;
import dev.penstock.PenstockConfig;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.tools.pools.EveryLimit;
import dev.penstock.tools.pools.PlainPools;
import dev.penstock.tools.pools.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The two pools, of one connection each, whose round trips are compared. Not thread-safe. */
final class RoundTrips implements AutoCloseable {
    private static final SessionSettings LIMITS = config().session();

    private final HikariDataSource plain;
    private final PenstockHikariDataSource penstock;
    private final Load load;

    private long batches;

    /**
     * What is measured.
     *
     * @param batch round trips of one side at a time
     * @param reconnect pairs of batches after which both sides connect anew; 0 for never
     */
    record Load(Work work, int batch, int reconnect) {}

    private RoundTrips(HikariDataSource plain, PenstockHikariDataSource penstock, Load load) {
        this.plain = plain;
        this.penstock = penstock;
        this.load = load;
    }

    /**
     * Connects both.
     *
     * @param both whether the plain side has the limits too, by the server alone
     * @throws IllegalStateException if a session has not the limits that it is to have
     */
    static RoundTrips open(Target target, Properties driver, boolean both, Load load) throws SQLException {
        Properties ofPlain = new Properties();
        ofPlain.putAll(driver);
        if (both) {
            ofPlain.setProperty("options", startupOptions());
        }
        PenstockHikariDataSource penstock = new PenstockHikariDataSource(pool(target, driver), config());
        RoundTrips trips = new RoundTrips(opened(pool(target, ofPlain), penstock), penstock, load);
        try {
            trips.check(both);
            return trips;
        } catch (SQLException | RuntimeException e) {
            trips.close();
            throw e;
        }
    }

    private static HikariDataSource opened(HikariConfig config, HikariDataSource other) {
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            other.close();
            throw e;
        }
    }

    private static HikariConfig pool(Target target, Properties driver) {
        HikariConfig config = PlainPools.hikari(target);
        config.setMaximumPoolSize(1);
        config.setDataSourceProperties(driver);
        return config;
    }

    private static PenstockConfig config() {
        return PenstockConfig.builder().session(EveryLimit::set).build();
    }

    private static String startupOptions() {
        return Stream.of(SessionLimit.values())
                .map(limit -> "-c " + limit.serverSetting() + "="
                        + Objects.requireNonNull(LIMITS.timeouts().get(limit)).toMillis())
                .collect(Collectors.joining(" "));
    }

    /** What is measured must be what it is called. */
    private void check(boolean both) throws SQLException {
        int all = SessionLimit.values().length;
        List<String> ofPlain = limitsOf(plain);
        List<String> ofPenstock = limitsOf(penstock);
        boolean told = penstock.control().limitsInForce().stream().allMatch(LimitsInForce::complete);
        if (ofPenstock.size() != all || !told || ofPlain.size() != (both ? all : 0)) {
            throw new IllegalStateException("penstock's session must have all limits and the plain one "
                    + (both ? "too" : "none") + ", but they have " + ofPenstock + " and " + ofPlain);
        }
    }

    private static List<String> limitsOf(DataSource pool) throws SQLException {
        List<String> limits = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select name from pg_settings where name = any(?) and setting <> '0'")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            Stream.of(SessionLimit.values())
                                    .map(SessionLimit::serverSetting)
                                    .toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    limits.add(rows.getString(1));
                }
            }
        }
        return limits;
    }

    /** A batch with pool and driver alone: nanoseconds per round trip. */
    double plain() throws SQLException {
        return run(plain);
    }

    /** A batch with Penstock above and below the pool: nanoseconds per round trip. */
    double penstock() throws SQLException {
        return run(penstock);
    }

    private double run(HikariDataSource pool) throws SQLException {
        if (batches > 0 && load.reconnect() > 0 && batches % (2L * load.reconnect()) == 0) {
            reconnect();
        }
        batches++;
        return measure(pool);
    }

    /** New sessions from here on, and a batch that is not counted on each. */
    private void reconnect() throws SQLException {
        for (HikariDataSource pool : List.of(plain, penstock)) {
            pool.getHikariPoolMXBean().softEvictConnections();
            double unused = measure(pool);
        }
    }

    private double measure(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return (double) load.work().nanos(connection, load.batch()) / load.batch();
        }
    }

    @Override
    public void close() {
        plain.close();
        penstock.close();
    }
}
