package dev.penstock.tools.tune.mix;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Tables like those of pgbench, in a schema of their own: 10 branches, 100 tellers, 100,000 accounts, an empty history.
 */
public final class BenchTables {
    /** What the names of the schemas begin with. */
    public static final String PREFIX = "penstock_tune_";

    private static final int BRANCHES = 10;
    private static final int TELLERS = 100;
    private static final int ACCOUNTS = 100_000;

    /** Rows at a time, so that no answer takes long. */
    private static final int CHUNK = 10_000;

    private BenchTables() {}

    /** A name for a schema that is not there yet, in all likelihood. */
    public static String newName(RandomGenerator random) {
        return PREFIX + String.format(Locale.ROOT, "%016x", random.nextLong());
    }

    /** Makes the schema and fills it, in autocommit. */
    public static void create(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            run(statement, "create schema " + schema);
            run(statement, "create table " + schema + ".branches (id int primary key, balance bigint not null)");
            run(
                    statement,
                    "create table " + schema
                            + ".tellers (id int primary key, branch int not null, balance bigint not null)");
            run(
                    statement,
                    "create table " + schema + ".accounts (id int primary key, branch int not null,"
                            + " balance bigint not null, filler text not null)");
            run(
                    statement,
                    "create table " + schema + ".history (teller int, branch int, account int, delta int,"
                            + " at timestamptz default now())");
            fill(statement, schema);
        }
    }

    private static void fill(Statement statement, String schema) throws SQLException {
        run(statement, "insert into " + schema + ".branches select i, 0 from generate_series(1, " + BRANCHES + ") i");
        run(
                statement,
                "insert into " + schema + ".tellers select i, 1 + i % " + BRANCHES + ", 0 from generate_series(1, "
                        + TELLERS + ") i");
        for (int from = 1; from <= ACCOUNTS; from += CHUNK) {
            run(
                    statement,
                    "insert into " + schema + ".accounts select i, 1 + i % " + BRANCHES
                            + ", 0, repeat('x', 84) from generate_series(" + from + ", " + (from + CHUNK - 1) + ") i");
        }
        run(statement, "analyze " + schema + ".accounts");
    }

    /** Takes all of it away. */
    public static void drop(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            run(statement, "drop schema if exists " + schema + " cascade");
        }
    }

    private static void run(Statement statement, String sql) throws SQLException {
        boolean unused = statement.execute(sql);
    }
}
