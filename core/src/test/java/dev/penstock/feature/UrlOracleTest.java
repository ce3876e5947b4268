package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.ConnectRejectedException;
import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;

/** What a connection turns out to be must not depend on whether plain pgjdbc made it or the connector. */
@WithPostgres(tls = true)
@Tag("driver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UrlOracleTest {
    /** All in one round trip, because there are many URLs. */
    private static final String OF_THE_SERVER = "select concat_ws(' | ', current_database(), current_user, session_user"
            + Stream.of(
                            "application_name",
                            "search_path",
                            "TimeZone",
                            "statement_timeout",
                            "work_mem",
                            "DateStyle",
                            "extra_float_digits",
                            "client_encoding",
                            "transaction_read_only",
                            "default_transaction_isolation")
                    .map(name -> ", current_setting('" + name + "')")
                    .collect(Collectors.joining())
            + ", (select ssl from pg_stat_ssl where pid = pg_backend_pid()))";

    private final PostgresServer server;

    UrlOracleTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeAll
    void createDatabases() throws SQLException {
        for (String database : List.of("with space", "per%cent", "sl/ash", "caf\u00e9", "plus+and&more", "ques?tion")) {
            server.execute("drop database if exists \"" + database + "\"", "create database \"" + database + "\"");
        }
        server.execute(
                "do $$ begin create role url_tester login password 'tested'; exception when duplicate_object then null; end $$");
        server.execute("drop database if exists url_tester", "create database url_tester");
    }

    private static List<String> facts(Connection connection) throws SQLException {
        try (connection) {
            List<String> facts = new ArrayList<>();
            facts.add(Connectors.ask(connection, OF_THE_SERVER));
            PGConnection pg = connection.unwrap(PGConnection.class);
            BaseConnection base = connection.unwrap(BaseConnection.class);
            facts.add("class " + connection.getClass().getName());
            facts.add("network timeout " + connection.getNetworkTimeout());
            facts.add("user " + connection.getMetaData().getUserName());
            facts.add("catalog " + connection.getCatalog() + ", schema " + connection.getSchema());
            facts.add("prepareThreshold " + pg.getPrepareThreshold());
            facts.add("defaultFetchSize " + pg.getDefaultFetchSize());
            facts.add("preferQueryMode " + pg.getPreferQueryMode() + ", autosave " + pg.getAutosave());
            facts.add("escapeSyntaxCallMode, binary " + base.binaryTransferSend(23) + base.isColumnSanitiserDisabled());
            facts.add("readOnly " + connection.isReadOnly() + ", autoCommit " + connection.getAutoCommit());
            facts.add("isolation " + connection.getTransactionIsolation());
            facts.add("client info " + connection.getClientInfo());
            facts.add("adaptive " + pg.getAdaptiveFetch());
            return facts;
        }
    }

    private static void assertSame(String url, Properties properties) throws SQLException {
        List<String> expected = facts(DriverManager.getConnection(url, properties));

        try (Connection connection = Connectors.over(url, properties).getConnection()) {
            assertThat(databaseOf(connection)).isEqualTo(Connectors.ask(connection, "select current_database()"));
            assertThat(facts(connection)).containsExactlyElementsOf(expected);
        }
    }

    /** As whoever reads the URL out of the meta data understands it, to connect again for example. */
    private static String databaseOf(Connection connection) throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", connection.getMetaData().getUserName());
        Properties parsed =
                Objects.requireNonNull(Driver.parseURL(connection.getMetaData().getURL(), user));
        return parsed.getProperty("PGDBNAME", "");
    }

    private Properties login(String... namesAndValues) {
        Properties properties = Connectors.login(server, namesAndValues);
        properties.putIfAbsent("sslmode", "disable");
        return properties;
    }

    private String here() {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "postgres?currentSchema=pg_catalog,public",
                "postgres?options=-c%20statement_timeout=4321%20-c%20work_mem=7MB",
                "postgres?options=-c%20application_name=a%5C%20b",
                "postgres?ApplicationName=caf%C3%A9%20%26%20co",
                "postgres?prepareThreshold=1&defaultRowFetchSize=17&adaptiveFetch=true",
                "postgres?socketTimeout=9",
                "postgres?socketTimeout=9&connectTimeout=3&loginTimeout=15",
                "postgres?preferQueryMode=simple&autosave=always",
                "postgres?binaryTransfer=false&disableColumnSanitiser=true",
                "postgres?readOnly=true&readOnlyMode=always",
                "postgres?readOnly=true&targetServerType=any",
                "postgres?assumeMinServerVersion=14&ApplicationName=early",
                "postgres?sslmode=disable",
                "postgres?sslmode=require&tcpKeepAlive=false",
                "postgres?gssEncMode=disable&receiveBufferSize=65536&sendBufferSize=65536",
                "postgres?unknownParameter=17&replication=",
                "postgres?user=url_tester&password=tested",
                "with%20space",
                "with+space",
                "per%25cent",
                "sl%2Fash",
                "caf%C3%A9",
                "plus%2Band%26more",
                "ques%3Ftion",
                "?user=url_tester&password=tested",
                "",
                "?",
                "postgres?",
                "postgres?PGDBNAME=url_tester",
            })
    void theSameUrlMakesTheSameConnection(String tail) throws SQLException {
        assertSame(here() + tail, login());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "currentSchema=pg_catalog",
                "options=-c statement_timeout=4321",
                "ApplicationName=from properties",
                "socketTimeout=8",
                "prepareThreshold=-1",
                "preferQueryMode=extendedCacheEverything",
                "quoteReturningIdentifiers=false",
                "PGDBNAME=url_tester",
                "readOnly=true",
            })
    void theSamePropertyMakesTheSameConnection(String property) throws SQLException {
        String[] pair = property.split("=", 2);

        assertSame(here() + "postgres?ApplicationName=from-url", login(pair));
        assertSame(here(), login(pair));
    }

    @Test
    void hostAndPortMayStandInTheParameters() throws SQLException {
        assertSame("jdbc:postgresql:postgres?PGHOST=127.0.0.1&PGPORT=" + server.port(), login());
        assertSame("jdbc:postgresql:///postgres?PGPORT=" + server.port(), login());
        assertSame(
                "jdbc:postgresql:///",
                login("PGHOST", "127.0.0.1", "PGPORT", "" + server.port(), "PGDBNAME", "url_tester"));
        assertSame("jdbc:postgresql://localhost:" + server.port() + "/postgres", login());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "[0:0:0:0:0:0:0:1]"})
    @Tag("ipv6")
    void anIpv6LiteralIsTheSame(String host) throws SQLException {
        InetAddress six = Loopback.v6("::1");
        assumeTrue(Loopback.missing(List.of(six)).isEmpty(), "this machine has no ::1");
        try (FaultProxy front = FaultProxy.anyPort(six, server.address())) {
            assertSame("jdbc:postgresql://" + host + ":" + front.port() + "/postgres", login());
            assertThat(front.accepted()).isEqualTo(2);
        }
    }

    @Test
    @SuppressWarnings("try") // a property is set for the length of the block
    void aServiceIsTheSame(@TempDir Path directory) throws IOException, SQLException {
        Path file = directory.resolve("pg_service.conf");
        Files.writeString(file, """
                [tests]
                host=127.0.0.1
                port=%d
                dbname=url_tester
                user=url_tester
                password=tested
                ApplicationName=by service
                options=-c statement_timeout=1234

                [half]
                dbname=url_tester
                """.formatted(server.port()));
        try (SystemProperty set = new SystemProperty("org.postgresql.pgservicefile", file.toString())) {
            assertSame("jdbc:postgresql:?service=tests", new Properties());
            assertSame("jdbc:postgresql:///?service=tests", new Properties());
            assertSame("jdbc:postgresql:postgres?service=tests&ApplicationName=mine", new Properties());
            assertSame(here() + "?service=half", login());
        }
    }

    @Test
    @SuppressWarnings("try") // a property is set for the length of the block
    void thePasswordFileIsTheSameAndReadAnew(@TempDir Path directory) throws IOException, SQLException {
        Path file = directory.resolve("pgpass");
        Files.writeString(
                file,
                "127.0.0.1:" + server.port() + ":postgres:url_tester:wrong\n127.0.0.1:*:*:url_tester:tested\n",
                StandardCharsets.UTF_8);
        Properties properties = new Properties();
        properties.setProperty("user", "url_tester");
        try (SystemProperty set = new SystemProperty("org.postgresql.pgpassfile", file.toString())) {
            assertSame(here() + "url_tester", properties);
            assertSame(here() + "?user=url_tester", new Properties());
            PenstockConnector connector = Connectors.over(here() + "postgres", properties);
            assertThat(catchThrowable(connector::getConnection)).isInstanceOf(ConnectRejectedException.class);

            Files.writeString(file, "*:*:*:url_tester:tested\n");

            assertThat(Connectors.ask(connector, "select current_user")).isEqualTo("url_tester");
        }
    }
}
