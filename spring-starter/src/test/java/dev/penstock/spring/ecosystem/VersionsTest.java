package dev.penstock.spring.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.spring.PenstockAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;

/** That this run really has the versions on its class path that it claims to test. */
class VersionsTest {
    @Test
    void hikariIsTheOneOfThisRun() {
        assertThat(jarOf(HikariDataSource.class)).endsWith("HikariCP-" + expected("hikari") + ".jar");
    }

    @Test
    void driverIsTheOneOfThisRun() {
        assertThat(jarOf(org.postgresql.Driver.class)).endsWith("postgresql-" + expected("pgjdbc") + ".jar");
    }

    /** Of those that the starter works with, not only the one that says which version it is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.boot.SpringApplication",
                "org.springframework.boot.autoconfigure.AutoConfiguration",
                "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
                "org.springframework.boot.health.contributor.HealthIndicator",
                "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            })
    void bootIsTheOneOfThisRun(String type) throws ClassNotFoundException {
        assertThat(jarOf(Class.forName(type))).endsWith("-" + expected("boot") + ".jar");
        assertThat(SpringBootVersion.getVersion()).isEqualTo(expected("boot"));
    }

    /** A starter that is compiled for the newest Spring Boot, not one that was compiled again for the older. */
    @Test
    void theStarterIsTheOneThatIsShipped() {
        assertThat(jarOf(PenstockAutoConfiguration.class)).doesNotContain("boot-4.0");
    }

    private static String expected(String what) {
        return System.getProperty("penstock.test.expect." + what);
    }

    private static String jarOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
