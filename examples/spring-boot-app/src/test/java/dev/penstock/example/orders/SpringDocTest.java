package dev.penstock.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.PenstockView;
import dev.penstock.spring.PenstockPools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What docs/spring.md shows is code that compiles and runs, and what a failed start prints. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("once") // it takes its time, and shows the same on every JDK
class SpringDocTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "spring.md");
    private static final Pattern SHOWN =
            Pattern.compile("<!-- spring: (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WRITTEN = Pattern.compile("// snippet: (\\w+)\\n(.*?)\\n *// end", Pattern.DOTALL);

    @Test
    void theSnippetsAreTheCompiledOnes() throws IOException {
        Path code = Path.of("src/test/java/dev/penstock/example/orders/Snippets.java");

        assertThat(snippets(SHOWN, Files.readString(PAGE)))
                .isEqualTo(snippets(WRITTEN, Files.readString(code)))
                .hasSize(3);
    }

    @Test
    void theSnippetsRun(CapturedOutput output) {
        SpringApplication application = new SpringApplication(OrdersApplication.class, Snippets.class, Supplier.class);
        try (ConfigurableApplicationContext context = application.run("--server.port=0")) {
            assertThat(context.getBean(Supplier.class).asked).hasPositiveValue();
            assertThat(output).contains("'orders': connect test of jdbc:postgresql://127.0.0.1");
            assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                            context.getBeanFactory(), DataSource.class, "batch"))
                    .isInstanceOf(PenstockView.class);
        }
    }

    /** For everything, and for the one pool: what the page shows must not stop a start without Penstock. */
    @ParameterizedTest
    @ValueSource(strings = {"penstock.enabled=false", "penstock.pools.data-source.enabled=false"})
    void theSnippetsRunWithPenstockOff(String off) throws SQLException {
        SpringApplication application = new SpringApplication(OrdersApplication.class, Snippets.class, Supplier.class);
        try (ConfigurableApplicationContext context = application.run("--server.port=0", "--" + off)) {
            assertThat(context.getBean(PenstockPools.class).all()).isEmpty();
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(pool).isExactlyInstanceOf(HikariDataSource.class);
            assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                                    context.getBeanFactory(), DataSource.class, "batch")
                            .unwrap(HikariDataSource.class))
                    .isSameAs(pool);
        }
    }

    /** Somebody who has the password. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Supplier {
        private final AtomicInteger asked = new AtomicInteger();

        @Bean
        CredentialsSupplier supplier(JdbcConnectionDetails details) {
            return () -> {
                asked.incrementAndGet();
                return new Credentials(details.getUsername(), details.getPassword());
            };
        }
    }

    @Test
    void aSlipOfThePenIsToldAsThePageSays(CapturedOutput output, @TempDir Path directory) throws IOException {
        Path yaml = Files.writeString(directory.resolve("application.yaml"), """
                penstock:
                  connect:
                    deadline: 5s
                  session:
                    statement-timout: 30s
                """);

        Throwable failure = catchThrowable(() -> SpringApplication.run(
                OrdersApplication.class, "--spring.config.location=file:" + yaml, "--server.port=0"));

        assertThat(failure).isNotNull();
        String shown = Files.readString(PAGE);
        shown = shown.substring(shown.indexOf("Description:"), shown.indexOf("```", shown.indexOf("Description:")));
        assertThat(output.getAll().replaceAll("Origin: .* - ", "Origin: class path resource [application.yaml] - "))
                .contains(shown.strip());
    }

    private static Map<String, String> snippets(Pattern pattern, String text) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2).stripIndent().strip());
        }
        return found;
    }
}
