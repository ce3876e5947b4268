package dev.penstock.bench;

import dev.penstock.PenstockControl;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.Target;
import dev.penstock.tools.pools.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What benchmarks borrow from: a pool that does not ask the server whether a connection is alive that was used a moment
 * ago; everything else at its default but for what the name says.
 */
public enum Side {
    HIKARI("HikariCP", "hikari", "", BenchPools::hikari),
    HIKARI_LEAK("HikariCP", "hikari", ", leakDetectionThreshold", BenchPools::hikariDetectingLeaks),
    GATE("Penstock", "penstock", ", leases.detection=false", BenchPools::penstockWithoutDetection),
    PENSTOCK("Penstock", "penstock", "", BenchPools::penstock),
    PENSTOCK_ALL("Penstock", "penstock", ", everything on", BenchPools::penstockWithEverythingOn),
    AGROAL("Agroal", "agroal", "", BenchPools::agroal),
    AGROAL_LEAK("Agroal", "agroal", ", leakTimeout", BenchPools::agroalDetectingLeaks),
    AGROAL_LEAK_STACK("Agroal", "agroal", ", leakTimeout, enhancedLeakReport", BenchPools::agroalWithStacks),
    DBCP2("DBCP2", "dbcp2", "", BenchPools::dbcp2),
    TOMCAT("Tomcat JDBC", "tomcat", "", BenchPools::tomcat),
    TOMCAT_LEAK("Tomcat JDBC", "tomcat", ", removeAbandoned, logAbandoned", BenchPools::tomcatDetectingLeaks),
    VIBUR("Vibur", "vibur", "", BenchPools::vibur),
    C3P0("c3p0", "c3p0", "", BenchPools::c3p0),
    /** With its default plugins; below HikariCP, as its documentation has it. */
    AWS_WRAPPER("HikariCP over AWS wrapper", "aws-wrapper", "", BenchPools::awsWrapper),
    DATASOURCE_PROXY("datasource-proxy over HikariCP", "datasource-proxy", "", BenchPools::datasourceProxy);

    private final String pool;
    private final String versionKey;
    private final String how;

    @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
    private final Opening opening;

    Side(String pool, String versionKey, String how, Opening opening) {
        this.pool = pool;
        this.versionKey = versionKey;
        this.how = how;
        this.opening = opening;
    }

    private interface Opening {
        OpenPool open(Target target, int size) throws SQLException;
    }

    /** The pool, or what is above it, and what is set. */
    public String title() {
        return pool + how;
    }

    /** The same with the version that is measured. */
    public String versionedTitle() {
        return pool + " " + Versions.of(versionKey) + how;
    }

    /** All that nothing is promised about: what both {@link #HIKARI} and {@link #PENSTOCK} are shown beside. */
    public static List<Side> peers() {
        return Stream.of(values())
                .filter(side -> side != HIKARI && side != PENSTOCK)
                .toList();
    }

    /** A pool that has all its connections, each of which was on loan once, and, if it is to watch its leases, does. */
    public OpenPool open(Target target, int size) throws Exception {
        OpenPool pool = opening.open(target, size);
        try {
            fill(pool.dataSource(), size);
            checkWatched(pool.dataSource());
            return pool;
        } catch (SQLException | RuntimeException e) {
            pool.closing().close();
            throw e;
        }
    }

    private static void fill(DataSource pool, int size) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                all.add(pool.getConnection());
            }
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }

    /** What is measured must be what it is called. */
    private void checkWatched(DataSource pool) throws SQLException {
        if (this == PENSTOCK || this == PENSTOCK_ALL) {
            checkLeases(pool);
        }
        if (this == PENSTOCK_ALL) {
            EverythingOn.check(pool);
        }
    }

    private static void checkLeases(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            int open = pool.unwrap(PenstockControl.class).openLeases().size();
            if (open != 1 || !isSweeping()) {
                throw new IllegalStateException("leases must be watched, but " + open + " are open of " + connection
                        + ", sweeper: " + isSweeping());
            }
        }
    }

    private static boolean isSweeping() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("penstock-sweeper"));
    }
}
