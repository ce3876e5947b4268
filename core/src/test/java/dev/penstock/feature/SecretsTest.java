package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectSettings;
import dev.penstock.Credentials;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password may stand in many places. It must come out at none: not in a log line, not in an exception. */
@WithPostgres(tls = true)
class SecretsTest {
    private static final String SECRET = "Zebra-7-Canary";

    private final PostgresServer server;
    private final LogRecorder log;
    private final List<String> printed = new ArrayList<>();

    SecretsTest(PostgresServer server) throws SQLException {
        this.server = server;
        server.execute(
                "do $$ begin create role canary login; exception when duplicate_object then null; end $$",
                "alter role canary password '" + SECRET + "'");
        this.log = LogRecorder.ofPenstockAndDriver();
    }

    @AfterEach
    void nothingLeaked() {
        log.close();
        assertThat(String.join("\n", printed)).doesNotContain(SECRET);
        assertThat(log.lines()).noneMatch(line -> line.contains(SECRET));
    }

    /** Connects if it can, prints what a program could print in any case; true if it came to an exception. */
    private boolean fails(String url, Properties properties, Consumer<ConnectSettings.Builder> change) {
        try {
            PenstockConfig config = PenstockConfig.builder()
                    .connect(connect -> connect.deadline(Duration.ofMillis(700)))
                    .connect(change)
                    .build();
            PenstockConnector connector = PenstockConnector.builder(url)
                    .properties(properties)
                    .config(config)
                    .build();
            printed.add(connector + " " + connector.config().settings());
            connector.getConnection().close();
            return false;
        } catch (SQLException | RuntimeException e) {
            printed.add(Throwables.text(e));
            return true;
        }
    }

    private static Properties secretProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        for (String name : List.of("password", "sslpassword", "socketFactoryArg", "sslfactoryarg")) {
            properties.setProperty(name, SECRET);
        }
        return properties;
    }

    private static String parameters() {
        return "user=postgres&password=" + SECRET + "&sslpassword=" + SECRET + "&penstock.connect.racing=false";
    }

    @Test
    void notWhenTheServerRefuses() {
        assertThat(fails(server.jdbcUrl() + "?" + parameters(), new Properties(), connect -> {}))
                .isTrue();
        assertThat(fails(server.jdbcUrl() + "?sslmode=disable", secretProperties(), connect -> {}))
                .isTrue();
        assertThat(fails(
                        server.jdbcUrl(),
                        new Properties(),
                        connect -> connect.credentials(() -> new Credentials("postgres", SECRET))))
                .isTrue();
        assertThat(log.lines()).anyMatch(line -> line.contains("28P01"));
        assertThat(printed).anyMatch(text -> text.contains("28P01"));
    }

    @Test
    void notWhenNobodyAnswers() {
        try (SilentServer silent = SilentServer.start()) {
            String hosts = "127.0.0.1:" + Loopback.freePort() + ",no.such.host.invalid,127.0.0.1:" + silent.port();

            assertThat(fails("jdbc:postgresql://" + hosts + "/db?" + parameters(), secretProperties(), connect -> {}))
                    .isTrue();
            assertThat(fails(
                            "jdbc:postgresql://" + hosts + "/db?targetServerType=primary&sslmode=verify-full",
                            secretProperties(),
                            connect -> {}))
                    .isTrue();
        }
    }

    @Test
    void notWhenItConnectsAndRuns() throws SQLException {
        Properties properties = secretProperties();
        properties.remove("sslfactoryarg");
        properties.remove("socketFactoryArg");
        properties.setProperty("user", "canary");

        assertThat(fails(server.jdbcUrl(), properties, connect -> connect.deadline(Duration.ofSeconds(10))))
                .isFalse();
        PenstockConnector connector = Connectors.over(server.jdbcUrl(), new Properties());
        try (Connection connection = connector.getConnection("canary", SECRET)) {
            printed.add(Objects.requireNonNull(connection.getMetaData().getURL()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://app:" + SECRET + "@db.example.com/app",
                "jdbc:postgresql://db.example.com?password=" + SECRET,
                "jdbc:postgresql:/db.example.com/app?user=app&password=" + SECRET,
                "jdbc:mysql://db.example.com/app?password=" + SECRET,
                "postgresql://app:" + SECRET + "@db.example.com/app",
                "jdbc:postgresql://db.example.com:99999/app?password=" + SECRET,
                "jdbc:postgresql://db.example.com:x/app?password=" + SECRET,
                "jdbc:postgresql://a,b:1:2/app?password=" + SECRET,
                "jdbc:postgresql://db.example.com/app?bad=%zz&password=" + SECRET,
                "jdbc:postgresql://db.example.com/app?password=" + SECRET + "&penstock.connect.deadline=0s",
                "jdbc:postgresql://db.example.com/app?penstock.password=" + SECRET,
                "jdbc:postgresql://db.example.com/app?password=" + SECRET + "&targetServerType=none",
                "jdbc:postgresql://db.example.com/app?password=" + SECRET + "&sslmode=none",
                "jdbc:postgresql://db.example.com/app?password=" + SECRET + "&loginTimeout=x",
                "jdbc:postgresql://::1/app?password=" + SECRET,
                "jdbc:postgresql:?service=none&password=" + SECRET,
            })
    void notWhenTheUrlIsRefused(String url) {
        assertThat(fails(url, secretProperties(), connect -> {})).isTrue();
    }

    @Test
    void notWhenAFactoryCannotBeMade() {
        Properties properties = secretProperties();
        properties.setProperty("socketFactory", "com.example.NoSuchFactory");
        properties.setProperty("sslfactory", "com.example.NoSuchFactory");

        assertThat(fails(server.jdbcUrl() + "?sslmode=require", properties, connect -> {}))
                .isTrue();
        properties.remove("socketFactory");
        assertThat(fails(server.jdbcUrl() + "?sslmode=require", properties, connect -> {}))
                .isTrue();
    }

    @Test
    void notThroughTheTextOfCredentials() {
        printed.add(new Credentials("postgres", SECRET).toString());

        assertThat(fails(server.jdbcUrl(), secretProperties(), connect -> {})).isTrue();
    }
}
