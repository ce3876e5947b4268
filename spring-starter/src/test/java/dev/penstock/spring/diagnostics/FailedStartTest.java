package dev.penstock.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.spring.PenstockAutoConfiguration;
import dev.penstock.spring.events.PenstockEventsAutoConfiguration;
import dev.penstock.spring.metrics.PenstockMetricsAutoConfiguration;
import dev.penstock.spring.observation.PenstockObservationAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a user reads whose application does not start. */
@WithPostgres
@ExtendWith(OutputCaptureExtension.class)
@Tag("once") // it takes its time, and shows the same on every JDK
class FailedStartTest {
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({PenstockAutoConfiguration.class, DataSourceAutoConfiguration.class})
    static class App {}

    /** Needs a connection while it starts. */
    @Configuration(proxyBeanMethods = false)
    static class Borrower extends App {
        @Bean
        InitializingBean borrow(DataSource dataSource) {
            return () -> {
                try (Connection connection = dataSource.getConnection()) {
                    assertThat(connection.isValid(1)).isTrue();
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        PenstockMetricsAutoConfiguration.class,
        PenstockObservationAutoConfiguration.class,
        PenstockEventsAutoConfiguration.class
    })
    static class Observed extends App {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    static class Migrating extends App {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
    static class Mapping extends App {}

    /** From the frame on; it fails, or this does. */
    private static String failureOf(Class<?> application, CapturedOutput output, String... properties) {
        SpringApplication spring = new SpringApplication(application);
        spring.setWebApplicationType(WebApplicationType.NONE);
        spring.setRegisterShutdownHook(false);
        String[] arguments = Stream.concat(
                        Stream.of("spring.main.banner-mode=off", "spring.datasource.hikari.connection-timeout=2000"),
                        Arrays.stream(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
        assertThatThrownBy(() -> spring.run(arguments).close()).isNotNull();
        String all = output.getOut();
        assertThat(all).contains("APPLICATION FAILED TO START");
        // with a stack trace somewhere, it would be one of those that nobody reads
        assertThat(all).doesNotContain("\tat ");
        return all.substring(all.indexOf("Description:")).replace("\r\n", "\n").strip();
    }

    @Test
    void aPropertyThatIsRefused(CapturedOutput output) {
        assertThat(failureOf(App.class, output, "spring.datasource.url=jdbc:h2:mem:a", "penstock.connect.deadline=5"))
                .isEqualTo("""
                Description:

                A property of Penstock's is refused:

                    Property: penstock.connect.deadline
                    Value: '5'
                    Origin: "penstock.connect.deadline" from property source "commandLineArgs"
                    Reason: it needs a unit, as in 250ms, 5s, 1m, 1h or PT5S

                Action:

                Correct the property, or take it out: what is not set has its default. What can be set, and to what, stands in docs/settings.md; penstock.enabled=false starts the application without Penstock.""");
    }

    /** Also those that decide which beans there are, and which are read before there are any. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "penstock.enabled",
                "penstock.health.degraded-status",
                "penstock.metrics.enabled",
                "penstock.metrics.opentelemetry-names",
                "penstock.observation.enabled",
                "penstock.events.enabled"
            })
    void aSwitchWhosePlaceholderStandsForNothing(String name, CapturedOutput output) {
        assertThat(failureOf(Observed.class, output, "spring.datasource.url=jdbc:h2:mem:c", name + "=${GONE}"))
                .contains("Property: " + name, "Value: '${GONE}'");
    }

    @Test
    void aPoolThatDoesNotExist(CapturedOutput output) {
        assertThat(failureOf(
                        App.class,
                        output,
                        "spring.datasource.url=jdbc:h2:mem:b",
                        "penstock.pools.datasourc.connect.deadline=5s"))
                .contains("Property: penstock.pools.datasourc.connect.deadline")
                .contains("Reason: it must be of a DataSource; did you mean dataSource?");
    }

    @Test
    void aSlipInTheSwitch(CapturedOutput output) {
        assertThat(failureOf(App.class, output, "spring.datasource.url=jdbc:h2:mem:c", "penstock.enabled=fals"))
                .contains("Property: penstock.enabled\n")
                .contains("Reason: it must be true or false");
    }

    @Test
    void aParameterOfTheUrl(CapturedOutput output) {
        assertThat(failureOf(
                        Borrower.class,
                        output,
                        "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/app?penstock.connect.deadline=5"))
                .isEqualTo("""
                Description:

                A setting of Penstock's is refused:

                    Setting: penstock.connect.deadline
                    Value: '5'
                    Reason: it needs a unit, as in 250ms, 5s, 1m, 1h or PT5S

                Action:

                Look for it in the parameters of the URL (jdbc:postgresql://...?penstock.*=...), in the pool's properties (spring.datasource.hikari.data-source-properties.*), in the system property penstock.enabled, and in code: a PenstockConfigCustomizer, or a PenstockConfig that the application builds. What can be set, and to what, stands in docs/settings.md.""");
    }

    private static String[] nobodyListens(String... more) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + free.getLocalPort() + "/app";
            return Stream.concat(Stream.of(url), Arrays.stream(more)).toArray(String[]::new);
        }
    }

    @Test
    void aDatabaseThatIsNotThere(CapturedOutput output) throws IOException {
        assertThat(failureOf(Borrower.class, output, nobodyListens()))
                .contains("The application needs the database to start, and got no session:\n\npenstock '")
                .containsPattern("127\\.0\\.0\\.1:\\d+  TCP: unreachable after \\d+ ms")
                .contains("-> no server accepted a TCP connection")
                .contains("Start the database, or correct host and port in spring.datasource.url.");
    }

    @Test
    void theSameUnderFlyway(CapturedOutput output) throws IOException {
        assertThat(failureOf(Migrating.class, output, nobodyListens()))
                .containsPattern("127\\.0\\.0\\.1:\\d+  TCP: unreachable after \\d+ ms");
    }

    /** Where it asks for metadata first, Hibernate logs why it gets none, and throws something else without a cause. */
    @Test
    void theSameUnderHibernate(CapturedOutput output) throws IOException {
        assertThat(failureOf(
                        Mapping.class,
                        output,
                        nobodyListens(
                                "spring.jpa.hibernate.ddl-auto=validate",
                                "spring.jpa.database-platform=org.hibernate.dialect.PostgreSQLDialect",
                                "spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false")))
                .containsPattern("127\\.0\\.0\\.1:\\d+  TCP: unreachable after \\d+ ms");
    }

    @Test
    void aPasswordThatIsWrong(CapturedOutput output, PostgresServer postgres) {
        assertThat(failureOf(
                        Borrower.class,
                        output,
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=nobody",
                        "spring.datasource.password=hunter2"))
                .contains("refused by the server")
                .contains("Correct spring.datasource.username, spring.datasource.password")
                .doesNotContain("hunter2");
    }

    @Test
    void aPlanThatDoesNotFit(CapturedOutput output, PostgresServer postgres) {
        assertThat(failureOf(
                        Borrower.class,
                        output,
                        "spring.datasource.url=" + postgres.jdbcUrl(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "penstock.budget.check=fail",
                        "penstock.budget.plan.server.max-connections=100",
                        "penstock.budget.plan.services[0].name=web",
                        "penstock.budget.plan.services[0].replicas=1000",
                        "penstock.budget.plan.services[0].pool-size=10"))
                .contains("the pool does not start (penstock.budget.check=fail): budget OVER for service web")
                .contains("web: (1000 + 250) replicas x 10 = 12500")
                .contains("correct the plan (penstock.budget.plan)");
    }
}
