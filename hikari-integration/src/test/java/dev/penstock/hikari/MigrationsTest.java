package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.lab.Await;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.DirectoryResourceAccessor;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real migration tools are not held to limits, neither by the server nor by the client; whoever comes next is. */
@WithPostgres
@NoLeftovers
class MigrationsTest {
    private static final Duration LIMIT = Duration.ofMillis(400);
    private static final String SLEEP = "select pg_sleep(1.2)";

    private final PostgresServer server;
    private final List<String> enforced = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    MigrationsTest(PostgresServer server) {
        this.server = server;
    }

    @AfterEach
    void forget() throws SQLException {
        server.execute("drop schema public cascade", "create schema public");
    }

    private PenstockHikariDataSource pool() {
        HikariConfig config = Pools.config(server);
        config.setMaximumPoolSize(4);
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "migrations");
        config.setDataSourceProperties(properties);
        return new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(session -> session.statementTimeout(LIMIT)
                                .transactionTimeout(LIMIT.plusMillis(1))
                                .idleInTransactionTimeout(LIMIT)
                                .grace(Duration.ofMillis(200)))
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(event.describe());
                            }
                        })
                        .build());
    }

    private void write(String file, String... lines) throws IOException {
        Files.writeString(folder.resolve(file), String.join("\n", lines) + "\n");
    }

    private void theNextBorrowersHaveTheirLimits(PenstockHikariDataSource pool) throws SQLException {
        assertThat(enforced).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(Pools.ask(pool, "show statement_timeout")).isEqualTo("400ms");
            assertThat(Pools.ask(pool, "show idle_in_transaction_session_timeout"))
                    .isEqualTo("400ms");
        }
        // the server's line
        assertThatThrownBy(() -> Pools.ask(pool, "select pg_sleep(60)")).hasMessageContaining("statement timeout");
        // the client's
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0");
            statement.execute("set transaction_timeout = 0");
            assertThatThrownBy(() -> statement.execute("select pg_sleep(60)")).hasMessageContaining("user request");
        }
        Await.until("it was told", Duration.ofSeconds(20), () -> !enforced.isEmpty());
        assertThat(enforced).hasSize(1);
    }

    /**
     * It holds a lock in one session, idle in a transaction, while another one migrates; the application asks for
     * metadata meanwhile, which tells nothing of who migrates.
     */
    @Test
    @Tag("once") // the same on every JDK
    void flywayBesideAnApplication() throws Exception {
        write("V1__first.sql", "create table slow (line text);");
        try (var pool = pool()) {
            FluentConfiguration configuration = Flyway.configure()
                    .dataSource(pool)
                    .locations("filesystem:" + folder)
                    .javaMigrations(new V2__Beside(pool, server));
            write("V3__slow.sql", SLEEP + ";", "insert into slow values ('by flyway');");
            assertThat(configuration.load().migrate().migrationsExecuted).isEqualTo(3);
            assertThat(Pools.ask(pool, "select string_agg(line, ', ' order by line) from slow"))
                    .isEqualTo("by flyway, by java");

            theNextBorrowersHaveTheirLimits(pool);
        }
    }

    private static void askForMetaData(PenstockHikariDataSource pool) {
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getMetaData().getDriverMajorVersion()).isPositive();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The application asks for metadata of its own connection; then the migration's own code takes its time, in the
     * middle of the transaction.
     */
    static final class V2__Beside extends BaseJavaMigration {
        private final PenstockHikariDataSource pool;
        private final PostgresServer server;

        V2__Beside(PenstockHikariDataSource pool, PostgresServer server) {
            this.pool = pool;
            this.server = server;
        }

        @Override
        public void migrate(Context context) throws Exception {
            Thread application = new Thread(() -> askForMetaData(pool), "application");
            application.start();
            application.join();
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("insert into slow values ('by java')");
                server.execute(SLEEP); // meanwhile this transaction is idle
                statement.execute(SLEEP);
            }
        }
    }

    @Test
    @Tag("once")
    void liquibaseOnAConnectionThatItIsGiven() throws Exception {
        write(
                "changelog.sql",
                "--liquibase formatted sql",
                "--changeset somebody:1",
                "create table slow (line text);",
                "--changeset somebody:2",
                SLEEP + ";",
                "insert into slow values ('by liquibase');");
        try (var pool = pool()) {
            try (Connection connection = pool.getConnection()) {
                Database database =
                        DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
                try (Liquibase liquibase =
                        new Liquibase("changelog.sql", new DirectoryResourceAccessor(folder), database)) {
                    liquibase.update(new Contexts());
                }
            }

            assertThat(Pools.ask(pool, "select line from slow")).isEqualTo("by liquibase");
            theNextBorrowersHaveTheirLimits(pool);
        }
    }
}
