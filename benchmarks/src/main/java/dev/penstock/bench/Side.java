package dev.penstock.bench;

import dev.penstock.PenstockControl;
import dev.penstock.tools.pools.OpenPool;
import dev.penstock.tools.pools.Target;
import dev.penstock.tools.pools.Versions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What {@link BorrowBenchmark} borrows from: a pool of one connection that does not ask the server whether it is alive,
 * everything else at its default but for what the name says.
 */
public enum Side {
    HIKARI("HikariCP", "hikari", "", PoolsOfOne::hikari),
    HIKARI_LEAK("HikariCP", "hikari", ", leakDetectionThreshold", PoolsOfOne::hikariDetectingLeaks),
    GATE("Penstock", "penstock", ", leases.detection=false", PoolsOfOne::penstockWithoutDetection),
    PENSTOCK("Penstock", "penstock", "", PoolsOfOne::penstock),
    PENSTOCK_ALL("Penstock", "penstock", ", everything on", PoolsOfOne::penstockWithEverythingOn),
    AGROAL("Agroal", "agroal", "", PoolsOfOne::agroal),
    AGROAL_LEAK("Agroal", "agroal", ", leakTimeout", PoolsOfOne::agroalDetectingLeaks),
    AGROAL_LEAK_STACK("Agroal", "agroal", ", leakTimeout, enhancedLeakReport", PoolsOfOne::agroalWithStacks),
    DBCP2("DBCP2", "dbcp2", "", PoolsOfOne::dbcp2),
    TOMCAT("Tomcat JDBC", "tomcat", "", PoolsOfOne::tomcat),
    TOMCAT_LEAK("Tomcat JDBC", "tomcat", ", removeAbandoned, logAbandoned", PoolsOfOne::tomcatDetectingLeaks),
    VIBUR("Vibur", "vibur", "", PoolsOfOne::vibur),
    C3P0("c3p0", "c3p0", "", PoolsOfOne::c3p0),
    /** With its default plugins; below HikariCP, as its documentation has it. */
    AWS_WRAPPER("HikariCP over AWS wrapper", "aws-wrapper", "", PoolsOfOne::awsWrapper),
    DATASOURCE_PROXY("datasource-proxy over HikariCP", "datasource-proxy", "", PoolsOfOne::datasourceProxy);

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
        OpenPool open(Target target) throws SQLException;
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

    /** Where the figure is to be one of leases that are watched: whether they are. */
    void checkWatched(DataSource pool) throws SQLException {
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

    /** Starts it. */
    OpenPool open(Target target) throws SQLException {
        return opening.open(target);
    }
}
