package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That this run really has the versions on its class path that it claims to test. */
@Tag("driver")
class VersionsTest {
    @Test
    void hikariIsTheOneOfThisRun() {
        assertThat(jarOf(HikariDataSource.class))
                .endsWith("HikariCP-" + System.getProperty("penstock.test.expect.hikari") + ".jar");
    }

    @Test
    void driverIsTheOneOfThisRun() {
        assertThat(jarOf(org.postgresql.Driver.class))
                .endsWith("postgresql-" + System.getProperty("penstock.test.expect.pgjdbc") + ".jar");
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
