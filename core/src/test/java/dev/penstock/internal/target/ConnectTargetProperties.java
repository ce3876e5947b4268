package dev.penstock.internal.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.postgresql.Driver;

@Tag("driver")
class ConnectTargetProperties {
    @Property
    void agreesWithTheDriverOnHostsPortsAndDatabase(@ForAll("urls") String url) {
        Properties plain = Driver.parseURL(url, user());
        ConnectTarget target = ConnectTarget.of(url, user());
        assertThat(join(target.hosts().stream().map(HostPort::urlHost).toList()))
                .isEqualTo(plain.getProperty("PGHOST"));
        assertThat(join(target.hosts().stream().map(HostPort::port).toList())).isEqualTo(plain.getProperty("PGPORT"));
        assertThat(target.database()).isEqualTo(plain.getProperty("PGDBNAME"));
        assertThat(target.user()).isEqualTo(plain.getProperty("user"));
    }

    @Property
    void urlOfOneHostMeansThisHostAndTheSameDatabase(@ForAll("urls") String url) {
        ConnectTarget target = ConnectTarget.of(url, user());
        Properties driver = target.driverProperties(PenstockConfig.defaults().connect());
        for (HostPort host : target.hosts()) {
            Properties parsed = Driver.parseURL(target.urlFor(host), driver);
            assertThat(parsed)
                    .containsEntry("PGHOST", host.urlHost())
                    .containsEntry("PGPORT", String.valueOf(host.port()))
                    .containsEntry("PGDBNAME", target.database())
                    .containsEntry("user", target.user());
        }
    }

    @Property
    void anyHostThatAFactoryMayUnderstandSurvivesTheUrlOfOneHost(@ForAll("factoryHosts") String host) {
        Properties given = user();
        given.setProperty("PGHOST", host);
        given.setProperty("socketFactory", "com.example.Factory");
        ConnectTarget target = ConnectTarget.of("jdbc:postgresql:", given);
        assertThat(Driver.parseURL(target.urlFor(target.hosts().get(0)), null)).containsEntry("PGHOST", host);
    }

    @Property
    void noPasswordIsInAnyText(@ForAll("urls") String url, @ForAll String secret) {
        String password = "hunter2" + secret;
        String full = url + (url.indexOf('?') < 0 ? "?" : "&") + "password=" + encode(password);
        ConnectTarget target = ConnectTarget.of(full, new Properties());
        assertThat(target.userSocketFactoryProperties()).containsEntry("password", password);
        assertThat(target.toString() + target.urlFor(target.hosts().get(0))).doesNotContain("hunter2");
    }

    private static Properties user() {
        return Targets.properties("user", "me");
    }

    private static String join(List<?> parts) {
        return parts.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> database = Arbitraries.strings().ofMaxLength(8).map(ConnectTargetProperties::encode);
        return Combinators.combine(hosts().list().ofMinSize(1).ofMaxSize(4), database, parameters())
                .as((hosts, name, parameters) ->
                        "jdbc:postgresql://" + String.join(",", hosts) + "/" + name + parameters);
    }

    private static Arbitrary<String> hosts() {
        Arbitrary<String> names =
                Arbitraries.of("db1", "db-2.example.com", "10.0.0.1", "[::1]", "[2001:db8::5]", "localhost");
        Arbitrary<String> ports = Arbitraries.integers().between(1, 65_535).map(port -> ":" + port);
        return Combinators.combine(names, Arbitraries.oneOf(Arbitraries.just(""), ports))
                .as(String::concat);
    }

    private static Arbitrary<String> parameters() {
        return Arbitraries.of(
                "",
                "?",
                "?user=you",
                "?ssl",
                "?&&sslmode=require",
                "?PGDBNAME=other",
                "?dbname=a%20b&user=you",
                "?loginTimeout=5&targetServerType=primary",
                "?penstock.connect.deadline=5s");
    }

    @Provide
    Arbitrary<String> factoryHosts() {
        return Arbitraries.of("/var/run/postgresql", "", "project:region:instance/x", "C:/sockets?x", "plain", "[::1]");
    }
}
