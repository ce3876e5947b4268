package dev.penstock.internal.target;

import static dev.penstock.internal.target.Targets.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectSettings;
import dev.penstock.PenstockConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;

@Tag("driver")
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DriverPropertiesTest {
    private static final String PGPASS = "org.postgresql.pgpassfile";
    private static final String SERVICES = "org.postgresql.pgservicefile";

    @TempDir
    Path folder;

    @AfterEach
    void clearSystemProperties() {
        System.clearProperty(PGPASS);
        System.clearProperty(SERVICES);
    }

    @Test
    void whatConcernsTheWholeConnectIsGone() {
        Properties properties = driverProperties(Targets.of(
                "jdbc:postgresql://db1:1,db2:2/app?targetServerType=primary&loadBalanceHosts=true&loginTimeout=5"
                        + "&connectTimeout=5&localSocketAddress=127.0.0.9&penstock.connect.racing=false",
                "user",
                "me",
                "service",
                "ignored",
                "penstock.enabled",
                "true"));
        assertThat(properties)
                .containsEntry("targetServerType", "any")
                .containsEntry("loadBalanceHosts", "false")
                .containsEntry("loginTimeout", "0")
                .containsEntry("connectTimeout", "0")
                .containsEntry("user", "me")
                .doesNotContainKeys("PGHOST", "PGPORT", "PGDBNAME", "service", "localSocketAddress")
                .doesNotContainKeys("penstock.connect.racing", "penstock.enabled");
    }

    @Test
    void theUsersSocketFactoryIsReplacedAndItsSocketsAreBoundByTheDriver() {
        Properties properties = driverProperties(
                Targets.of(URL + "?localSocketAddress=127.0.0.9&socketFactory=com.example.F&socketFactoryArg=secret"));
        assertThat(properties)
                .containsEntry("localSocketAddress", "127.0.0.9")
                .doesNotContainKeys("socketFactory", "socketFactoryArg");
    }

    @Test
    void everythingElseStays() {
        Properties properties = driverProperties(
                Targets.of(URL + "?ApplicationName=a%26b&socketTimeout=9", "password", "p", "prepareThreshold", "0"));
        assertThat(properties)
                .containsEntry("ApplicationName", "a&b")
                .containsEntry("socketTimeout", "9")
                .containsEntry("password", "p")
                .containsEntry("prepareThreshold", "0");
    }

    @Test
    void propertiesThatAreNoStringsAreLeftOutAsTheDriverLeavesThemOut() {
        Properties given = Targets.properties("user", "me");
        given.put("password", new Object());
        given.put(1, "one");
        assertThat(driverProperties(ConnectTarget.of(URL, given))).doesNotContainKey("password");
    }

    @Test
    void eachCallGivesAFreshCopy() {
        ConnectTarget target = Targets.of(URL);
        driverProperties(target).clear();
        target.userSocketFactoryProperties().clear();
        assertThat(driverProperties(target)).containsKey("targetServerType");
        assertThat(target.userSocketFactoryProperties()).containsEntry("PGHOST", "db1");
    }

    @Test
    void keepaliveIsTheUsersThenOurs() {
        ConnectSettings off = settings(c -> c.tcpKeepAlive(false));
        ConnectSettings on = settings(c -> c.tcpKeepAlive(true));
        assertThat(Targets.of(URL).driverProperties(on)).containsEntry("tcpKeepAlive", "true");
        assertThat(Targets.of(URL).driverProperties(off)).doesNotContainKey("tcpKeepAlive");
        assertThat(Targets.of(URL, "tcpKeepAlive", "false").driverProperties(on))
                .containsEntry("tcpKeepAlive", "false");
        assertThat(Targets.of(URL, "tcpKeepAlive", "true").driverProperties(off))
                .containsEntry("tcpKeepAlive", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslmode=require", "sslmode=VERIFY-CA", "sslmode=verify-full", "ssl=true", "ssl", "ssl="})
    void missingAnswerToTheTlsRequestMayTakeAsLongAsTheDeadlineWhereTlsIsRequired(String parameter) {
        ConnectTarget target = Targets.of(URL + "?" + parameter);
        ConnectSettings settings = settings(c -> c.deadline(Duration.ofMillis(12_345)));
        assertThat(target.driverProperties(settings)).containsEntry("sslResponseTimeout", "12345");
        assertThat(Targets.of(URL + "?sslResponseTimeout=77&" + parameter).driverProperties(settings))
                .containsEntry("sslResponseTimeout", "77");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "sslmode=prefer", "sslmode=allow", "sslmode=disable", "ssl=false", "sslmode=prefer&ssl=true"
            })
    void elsewhereItStaysWithTheDriver(String parameters) {
        assertThat(driverProperties(Targets.of(URL + "?" + parameters))).doesNotContainKey("sslResponseTimeout");
    }

    @ParameterizedTest
    @CsvSource({"prefer, 30000", "require, 30000", "allow,", "disable,"})
    void missingAnswerToTheGssRequestToo(String mode, String expected) {
        assertThat(driverProperties(Targets.of(URL + "?gssEncMode=" + mode)).getProperty("gssResponseTimeout"))
                .isEqualTo(expected);
    }

    @Test
    void passwordFromPgpassIsLeftToTheDriver() throws IOException {
        System.setProperty(PGPASS, write("pgpass", "*:*:*:*:from-file"));
        ConnectTarget target = Targets.of("jdbc:postgresql://db1,db2/app", "user", "me");
        assertThat(driverProperties(target)).doesNotContainKey("password");
        Properties again = Driver.parseURL(target.urlFor(target.hosts().get(1)), driverProperties(target));
        assertThat(again).containsEntry("password", "from-file");
        assertThat(target.userSocketFactoryProperties()).containsEntry("password", "from-file");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void explicitPasswordStays(boolean inUrl) throws IOException {
        System.setProperty(PGPASS, write("pgpass", "*:*:*:*:from-file"));
        ConnectTarget target = inUrl ? Targets.of(URL + "?password=own") : Targets.of(URL, "password", "own");
        assertThat(driverProperties(target)).containsEntry("password", "own");
    }

    @Test
    void serviceIsReadOnce() throws IOException {
        System.setProperty(SERVICES, write("services", "[orders]\nhost=db7\nport=77\ndbname=o\nuser=u\npassword=p\n"));
        ConnectTarget target = Targets.of("jdbc:postgresql://?service=orders&loginTimeout=3");
        assertThat(target.hosts()).containsExactly(new HostPort("db7", 77));
        assertThat(driverProperties(target)).containsEntry("user", "u").containsEntry("password", "p");
    }

    @Test
    void usersSocketFactoryGetsWhatPlainPgjdbcHasForIt() {
        String url =
                URL + "?socketFactory=com.example.Factory&socketFactoryArg=x&loginTimeout=5&targetServerType=primary";
        Properties given = Targets.properties("user", "me", "penstock.enabled", "true");
        Properties plain = Driver.parseURL(url, Targets.properties("user", "me"));
        assertThat(ConnectTarget.of(url, given).userSocketFactoryProperties()).isEqualTo(plain);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static Properties driverProperties(ConnectTarget target) {
        return target.driverProperties(settings(c -> c.racing(true)));
    }

    private static ConnectSettings settings(Consumer<ConnectSettings.Builder> change) {
        return PenstockConfig.builder().connect(change).build().connect();
    }
}
