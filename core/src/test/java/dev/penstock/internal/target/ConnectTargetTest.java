package dev.penstock.internal.target;

import static dev.penstock.internal.target.Targets.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.Credentials;
import java.net.ProxySelector;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("driver")
class ConnectTargetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db1/app | db1:5432",
                "jdbc:postgresql://db1:6432/app | db1:6432",
                "jdbc:postgresql://db1,db2:6432/app | db1:5432,db2:6432",
                "jdbc:postgresql://db1,db1/app | db1:5432,db1:5432",
                "jdbc:postgresql://:6432/app | localhost:6432",
                "jdbc:postgresql:app | localhost:5432",
                "jdbc:postgresql: | localhost:5432",
                "jdbc:postgresql:/// | localhost:5432",
                "jdbc:postgresql://[::1]/app | [::1]:5432",
                "jdbc:postgresql://[::1]:6432/app | [::1]:6432",
                "jdbc:postgresql://::1:6432/app | [::1]:6432",
                "jdbc:postgresql://[2001:db8::1],[fe80::1%eth0]:1/app | [2001:db8::1]:5432,[fe80::1%eth0]:1",
                "jdbc:postgresql:app?PGHOST=db1,db2&PGPORT=1,2 | db1:1,db2:2",
                "jdbc:postgresql://ignored/app?host=db2 | db2:5432",
            })
    void readsHostsAndPorts(String url, String expected) {
        assertThat(Targets.of(url).hosts().stream().map(HostPort::toString).toList())
                .containsExactly(expected.split(",", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=prefer",
                "sslmode=verify-full",
                "socketFactory=com.example.F",
                "sslfactory=com.example.F",
                "sslpasswordcallback=com.example.C",
                "sslkey=/nowhere",
                "authenticationPluginClassName=com.example.A",
                "gssEncMode=prefer",
                "jaasLogin=false",
                "scramMaxIterations=0",
                "localSocketAddress=db-client",
                "someParameterOfTheNextDriver=1",
            })
    void aSessionMayWaitForMoreThanItsSocketUnlessItIsKnownNotTo(String parameter) {
        String plain = "jdbc:postgresql://db1/app?user=me&password=x&ApplicationName=me&penstock.connect.deadline=5s";
        assertThat(Targets.of(plain + "&sslmode=disable").waitsForSocketsAlone(null))
                .isTrue();
        assertThat(Targets.of(plain + "&sslmode=disable&" + parameter).waitsForSocketsAlone(null))
                .isFalse();
        assertThat(Targets.of(plain).waitsForSocketsAlone(null))
                .as("TLS by default")
                .isFalse();
    }

    @Test
    void aPasswordThatIsNotGivenMayStandInAFile() {
        ConnectTarget target = Targets.of("jdbc:postgresql://db1/app?user=me&sslmode=disable");

        assertThat(target.waitsForSocketsAlone(null)).isFalse();
        assertThat(target.waitsForSocketsAlone(new Credentials(null, null))).isFalse();
        assertThat(target.waitsForSocketsAlone(new Credentials("me", "x"))).isTrue();
    }

    @Test
    void aProxySelectorOfSomebodysMayWaitForAnything() {
        ConnectTarget target = Targets.of("jdbc:postgresql://db1/app?user=me&password=x&sslmode=disable");
        ProxySelector own = ProxySelector.getDefault();
        ProxySelector.setDefault(ProxySelector.of(null));
        try {
            assertThat(target.waitsForSocketsAlone(null)).isFalse();
            ProxySelector.setDefault(null);
            assertThat(target.waitsForSocketsAlone(null)).as("no selector").isTrue();
        } finally {
            ProxySelector.setDefault(own);
        }
        assertThat(target.waitsForSocketsAlone(null)).as("the JDK's own").isTrue();
    }

    @Test
    void ipv6LiteralsLoseTheirBrackets() {
        assertThat(Targets.of("jdbc:postgresql://[::1]/app").hosts()).containsExactly(new HostPort("::1", 5432));
    }

    @Test
    void hostsAndPortsMayStandInDifferentPlaces() {
        assertThat(Targets.of("jdbc:postgresql:app?PGHOST=db1,db2", "PGPORT", "1,2")
                        .hosts())
                .containsExactly(new HostPort("db1", 1), new HostPort("db2", 2));
    }

    @Test
    void emptyHostIsLeftToTheUsersSocketFactory() {
        ConnectTarget target = Targets.of("jdbc:postgresql:///app?socketFactory=com.example.Factory");
        assertThat(target.hosts()).containsExactly(new HostPort("", 5432));
        assertThat(target.ownSocketFactory()).isTrue();
    }

    @Test
    void databaseIsTheUsersNameUnlessNamed() {
        assertThat(Targets.of(URL, "user", "me").database()).isEqualTo("app");
        assertThat(Targets.of("jdbc:postgresql://db1/", "user", "me").database())
                .isEqualTo("me");
        assertThat(Targets.of("jdbc:postgresql:", "user", "me").database()).isEqualTo("me");
        assertThat(Targets.of("jdbc:postgresql://db1/").database()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void userIsTheOperatingSystemsUnlessNamed() {
        assertThat(Targets.of(URL).user()).isEqualTo(System.getProperty("user.name"));
        assertThat(Targets.of(URL, "user", "me").user()).isEqualTo("me");
        assertThat(Targets.of(URL + "?user=you", "user", "me").user()).isEqualTo("you");
    }

    @Test
    void readsTheRest() {
        ConnectTarget target = Targets.of(URL + "?loadBalanceHosts=true&hostRecheckSeconds=2"
                + "&localSocketAddress=127.0.0.9&connectTimeout=7&loginTimeout=1.5&targetServerType=preferSlave");
        assertThat(target.loadBalanceHosts()).isTrue();
        assertThat(target.hostRecheck()).isEqualTo(Duration.ofSeconds(2));
        assertThat(target.localSocketAddress()).isEqualTo("127.0.0.9");
        assertThat(target.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(target.loginTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(target.targetRole()).isEqualTo(ServerRole.PREFER_SECONDARY);
        assertThat(target.ownSocketFactory()).isFalse();
    }

    @Test
    void defaultsAreTheDrivers() {
        ConnectTarget target = Targets.of(URL);
        assertThat(target.loadBalanceHosts()).isFalse();
        assertThat(target.hostRecheck()).isEqualTo(Duration.ofSeconds(10));
        assertThat(target.localSocketAddress()).isNull();
        assertThat(target.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(target.loginTimeout()).isNull();
        assertThat(target.targetRole()).isEqualTo(ServerRole.ANY);
    }

    @Test
    void zeroMeansNoLimit() {
        ConnectTarget target = Targets.of(URL + "?connectTimeout=0&loginTimeout=0");
        assertThat(target.connectTimeout()).isZero();
        assertThat(target.loginTimeout()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db1,db2:6432/app?password=s | jdbc:postgresql://db1:5432,db2:6432/app",
                "jdbc:postgresql://[::1]/my%20db%2F%3F | jdbc:postgresql://[::1]:5432/my+db%2F%3F",
                "jdbc:postgresql://db1/ | jdbc:postgresql://db1:5432/",
                "jdbc:postgresql://db1/?targetServerType=slave"
                        + " | jdbc:postgresql://db1:5432/ targetServerType=slave",
            })
    void summaryShowsTargetAndRoleOnly(String url, String expected) {
        assertThat(Targets.of(url)).hasToString(expected);
    }

    @Test
    void parsedUrlDoesNotPrintPasswords() {
        ParsedUrl parsed = ParsedUrl.of(URL + "?password=hunter2", Targets.properties("sslpassword", "hunter3"));
        assertThat(parsed.toString()).contains("PGHOST=db1").doesNotContain("hunter");
    }
}
