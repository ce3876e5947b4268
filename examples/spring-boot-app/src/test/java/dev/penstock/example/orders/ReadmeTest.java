package dev.penstock.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.penstock.PenstockConfig;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.spring.PenstockPools;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** "Spring Boot in one minute" of the README, as it is written there. */
@Tag("once") // it takes its time, and shows the same on every JDK
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern COORDINATES =
            Pattern.compile("<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern URL = Pattern.compile("localhost:8080(/\\S+)");

    @TempDir
    private Path directory;

    @Test
    void theDependencyIsTheStarter() throws Exception {
        Matcher shown = COORDINATES.matcher(snippet("README.md", "dependency"));
        assertThat(shown.find()).isTrue();
        String pom = Files.readString(ROOT.resolve("spring-starter/pom.xml"));

        assertThat(pom)
                .contains("<artifactId>" + shown.group(2) + "</artifactId>\n  <name>")
                .contains("<groupId>" + shown.group(1) + "</groupId>\n    <artifactId>penstock-parent</artifactId>\n"
                        + "    <version>" + shown.group(3) + "</version>");
        assertThat(Files.readString(ROOT.resolve("docs/spring.md")))
                .contains(snippet("README.md", "dependency").strip());
    }

    @Test
    void thePropertiesDoWhatTheySayAndTheCommandsAnswer() throws Exception {
        try (ConfigurableApplicationContext application = start(snippet("README.md", "application.yaml"))) {
            assertThat(application.getBean(HikariDataSource.class)).isInstanceOf(PenstockHikariDataSource.class);
            PenstockConfig config = application
                    .getBean(PenstockPools.class)
                    .require("dataSource")
                    .control()
                    .config();
            assertThat(config.connect().deadline()).hasSeconds(5);
            assertThat(config.leases().suspectAfter()).hasMinutes(1);
            JdbcClient jdbc = application.getBean(JdbcClient.class);
            assertThat(setting(jdbc, "statement_timeout")).isEqualTo("30s");
            assertThat(setting(jdbc, "idle_in_transaction_session_timeout")).isEqualTo("5min");

            String port = application.getEnvironment().getRequiredProperty("local.server.port");
            List<String> answers = URL.matcher(snippet("README.md", "curl"))
                    .results()
                    .map(command -> get("http://127.0.0.1:" + port + command.group(1)))
                    .toList();
            assertThat(answers).hasSize(3);
            assertThat(answers.get(0)).contains("\"bean\":\"dataSource\"", "\"breaker\":\"CLOSED\"");
            assertThat(answers.get(1)).contains("statement_timeout", "penstock.connect.deadline", "application.yaml");
            assertThat(answers.get(2)).contains("\"status\":\"UP\"");
        }
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private ConfigurableApplicationContext start(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("application.yaml"), yaml);
        return SpringApplication.run(
                OrdersApplication.class, "--spring.config.location=file:" + file, "--server.port=0");
    }

    /** It says whether it is answered at all: what is not there would be 404. */
    private static String get(String url) {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        } catch (Exception e) {
            throw new AssertionError(url, e);
        }
    }

    private static String snippet(String file, String name) throws Exception {
        Matcher snippet = Pattern.compile("<!-- spring: " + name + " -->\\n```\\w*\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve(file)));
        assertThat(snippet.find()).as(name).isTrue();
        return snippet.group(1);
    }
}
