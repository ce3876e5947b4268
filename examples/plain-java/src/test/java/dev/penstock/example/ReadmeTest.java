package dev.penstock.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConnector;
import dev.penstock.budget.Assessment;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is code that compiles and runs, and names files and profiles that exist. */
@WithPostgres
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern SHOWN =
            Pattern.compile("<!-- snippet: (\\w+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WRITTEN = Pattern.compile("// snippet: (\\w+)\\n(.*?)\\n *// end", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)\\)");
    private static final Pattern PROFILE = Pattern.compile("\\./mvnw [^\\n]*?-P([\\w-]+)");

    @Test
    void theSnippetsAreTheCompiledOnes() throws IOException {
        Map<String, String> written =
                snippets(WRITTEN, Files.readString(Path.of("src/main/java/dev/penstock/example/Snippets.java")));

        assertThat(snippets(SHOWN, readme())).isEqualTo(written).isNotEmpty();
    }

    @Test
    void theSnippetsRun(PostgresServer server) throws SQLException {
        try (var pool = Snippets.hikari(server.jdbcUrl(), server.user(), server.password());
                var connection = pool.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        Snippets.connector(server.jdbcUrl(), server.user(), server.password());
        try (var connector = PenstockConnector.builder(server.jdbcUrl())
                        .properties(server.credentials())
                        .build();
                var connection = Snippets.guard(connector, connector).getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        assertThat(Snippets.limits().session().timeouts())
                .hasToString("statementTimeout=30s idleInTransactionTimeout=5m");
        // (6 + 2) x 10 + 20 x 2 + 2 = 122 of 197
        assertThat(Assessment.of(Objects.requireNonNull(
                                Snippets.budget().budget().plan()))
                        .server()
                        .rollout())
                .hasToString("122 of 197, tight above 157: FITS");
    }

    @Test
    void whatItLinksToExists() throws IOException {
        assertThat(LINK.matcher(readme()).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
    }

    @Test
    void theProfilesThatItNamesExist() throws IOException {
        String poms = Files.readString(ROOT.resolve("pom.xml")) + Files.readString(ROOT.resolve("benchmarks/pom.xml"));

        assertThat(PROFILE.matcher(readme()).results().map(profile -> profile.group(1)))
                .contains("replay", "spring-demo", "tools")
                .allSatisfy(profile -> assertThat(poms).contains("<id>" + profile + "</id>"));
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
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
