package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flyway and Liquibase, on the pool of the application and with a user of their own. */
@WithPostgres
@NoLeftovers
@Tag("once") // the same on every JDK
class MigrationToolsTest {
    private static final String MIGRATOR = "migrator";

    private final PostgresServer server;

    @TempDir
    private Path folder;

    MigrationToolsTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void migrations() throws SQLException, IOException {
        server.execute(
                "create role " + MIGRATOR + " login password '" + MIGRATOR + "'",
                "grant create, usage on schema public to " + MIGRATOR);
        Files.writeString(folder.resolve("V1__first.sql"), "create table migrated (id int);\n");
        Files.writeString(
                folder.resolve("changelog.sql"),
                "--liquibase formatted sql\n--changeset somebody:1\ncreate table migrated (id int);\n");
    }

    @AfterEach
    void forget() throws SQLException {
        server.execute("drop schema public cascade", "create schema public", "drop role " + MIGRATOR);
    }

    private Launch flyway() {
        return Launch.on(server)
                .with("spring.flyway.enabled", "true")
                .with("spring.flyway.locations", "filesystem:" + folder);
    }

    private Launch liquibase() {
        return Launch.on(server)
                .with("spring.liquibase.enabled", "true")
                .with("spring.liquibase.change-log", "file:" + folder.resolve("changelog.sql"));
    }

    private static void migrates(Launch launch, String owner) {
        try (Launched application = launch.start()) {
            application.hasPools("dataSource");
            assertThat(Launched.ask(
                            application.pool("dataSource"), "tableowner from pg_tables where tablename = 'migrated'"))
                    .isEqualTo(owner);
        }
    }

    @Test
    void flywayOnThePool() {
        migrates(flyway(), server.user());
    }

    /** Spring Boot derives the DataSource of the other user from the pool's, of which it needs class and URL. */
    @Test
    void flywayWithItsOwnUser() {
        migrates(flyway().with("spring.flyway.user", MIGRATOR).with("spring.flyway.password", MIGRATOR), MIGRATOR);
    }

    @Test
    void flywayWithItsOwnUrl() {
        Launch launch = flyway();
        migrates(
                launch.with("spring.flyway.url", launch.url())
                        .with("spring.flyway.user", MIGRATOR)
                        .with("spring.flyway.password", MIGRATOR),
                MIGRATOR);
    }

    @Test
    void liquibaseOnThePool() {
        migrates(liquibase(), server.user());
    }

    @Test
    void liquibaseWithItsOwnUser() {
        migrates(
                liquibase().with("spring.liquibase.user", MIGRATOR).with("spring.liquibase.password", MIGRATOR),
                MIGRATOR);
    }
}
