package dev.penstock.tools.tune.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@WithPostgres
class MixOnServerTest {
    private final SplittableRandom random = new SplittableRandom(8);

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void parametersAreDrawnForEachExecutionAndBound(PostgresServer server) throws Exception {
        try (Connection connection = server.connect();
                Connection other = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t (small int, big bigint, words text, pid int)");
            Mix mix = MixReader.read(
                    "a file",
                    "insert into t values (:int(3, 5), :int(5000000000, 5000000001), :text(8), pg_backend_pid());");
            for (int i = 0; i < 100; i++) {
                mix.draw(random).run(connection, random);
            }
            String pid = one(connection, "select min(pid) from t");
            mix.draw(random).run(connection, random);
            String query = one(other, "select query from pg_stat_activity where pid = " + pid);

            assertThat(query).contains("values ($1, $2, $3, pg_backend_pid())");
            assertThat(one(connection, "select string_agg(distinct small::text, ' ') from t"))
                    .isEqualTo("3 4 5");
            assertThat(one(connection, "select string_agg(distinct big::text, ' ') from t"))
                    .isEqualTo("5000000000 5000000001");
            assertThat(one(connection, "select count(distinct words) from t where words ~ '^[a-z]{8}$'"))
                    .isEqualTo("101");
        }
    }

    @Test
    void aTrialLeavesNothing(PostgresServer server) throws Exception {
        try (Connection connection = server.connect()) {
            String schema = BenchTables.newName(random);
            BenchTables.create(connection, schema);
            try {
                new Trial(BuiltInMix.MIXED.statements(schema), false).run(connection, random, () -> true);

                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(one(connection, "select count(*) from " + schema + ".history"))
                        .isEqualTo("0");
                assertThat(one(connection, "select count(*) from " + schema + ".accounts"))
                        .isEqualTo("100000");
            } finally {
                BenchTables.drop(connection, schema);
            }
            assertThat(one(connection, "select count(*) from pg_namespace where nspname = '" + schema + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void theCatalogsNeedNoTables(PostgresServer server) throws Exception {
        try (Connection connection = readOnly(server)) {
            new Trial(BuiltInMix.READ.statements(null), true).run(connection, random, () -> true);
        }
    }

    @Test
    void aStatementThatWritesIsRefusedWithItsLine(PostgresServer server) throws Exception {
        refused(server, "select 1;\ncreate table never (i int);", ":2: (line 2)", "SQLState 25006", "--allow-writes");
    }

    @Test
    void soIsOneThatMakesItsSessionOneThatMayWrite(PostgresServer server) throws Exception {
        String may = "makes its session one that may write";
        refused(server, "set default_transaction_read_only = off;", ":1:", may);
        refused(server, "select set_config('default_transaction_read_only', 'off', false);", ":1:", may);
        refused(server, "begin;\nset transaction read write;\ncreate table never (i int);\ncommit;", ":2:", may);
    }

    @Test
    void soIsWhatTheServerDoesNotUnderstand(PostgresServer server) throws Exception {
        refused(server, "\n\nselect * from nowhere;", ":3: (line 3)", "\"nowhere\" does not exist", "42P01");
    }

    private void refused(PostgresServer server, String file, String... what) throws Exception {
        Mix mix = MixReader.read("shop.sql", file);
        try (Connection connection = readOnly(server)) {
            assertThatThrownBy(() -> new Trial(mix, true).run(connection, random, () -> true))
                    .isInstanceOf(BadMixException.class)
                    .satisfies(refusal -> assertThat(refusal.getMessage())
                            .startsWith("shop.sql")
                            .contains(what));
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private static Connection readOnly(PostgresServer server) throws SQLException {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set default_transaction_read_only = on");
            return connection;
        }
    }
}
