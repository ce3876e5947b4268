package dev.penstock.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every URL of up to three hosts, with every targetServerType, must land on the server on which plain pgjdbc lands, or
 * fail where that fails.
 */
@WithPostgres(tls = true)
@Tag("driver")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultiHostOracleTest implements LeavesNothing {
    private static final List<String> TYPES =
            List.of("any", "primary", "secondary", "preferPrimary", "preferSecondary");

    enum Kind {
        PRIMARY,
        READ_ONLY,
        STANDBY,
        DOWN,
        FULL,
        REJECTING
    }

    /** One URL, without the parameters that all share. */
    record Case(String type, List<Kind> hosts) {
        @Override
        public String toString() {
            return type + " " + hosts;
        }
    }

    private final Map<Kind, Integer> ports = new EnumMap<>(Kind.class);
    private final List<AutoCloseable> open = new ArrayList<>();
    private final PostgresServer primary;

    MultiHostOracleTest(PostgresServer primary) {
        this.primary = primary;
    }

    @BeforeAll
    @WithPostgres(settings = "default_transaction_read_only=on")
    void startTheCluster(PostgresServer readOnly) throws Exception {
        assumeTrue(primary.engine().equals("embedded"), "a standby needs the files of its primary");
        Fleet.admit(primary);
        Fleet.admit(readOnly);
        HotStandby standby = HotStandby.of(primary);
        open.add(standby);
        FakePostgres full = FakePostgres.start(PgScript.full());
        open.add(full);
        FakePostgres rejecting = FakePostgres.start(PgScript.error("28000", "no pg_hba.conf entry"));
        open.add(rejecting);
        ports.put(Kind.PRIMARY, primary.port());
        ports.put(Kind.READ_ONLY, readOnly.port());
        ports.put(Kind.STANDBY, standby.port());
        ports.put(Kind.DOWN, Loopback.freePort());
        ports.put(Kind.FULL, full.port());
        ports.put(Kind.REJECTING, rejecting.port());
    }

    @AfterAll
    void stopTheCluster() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    static Stream<Case> cases() {
        List<Kind> real = List.of(Kind.PRIMARY, Kind.READ_ONLY, Kind.STANDBY, Kind.DOWN);
        Stream<List<Kind>> orders = Stream.concat(
                arrangements(real, 3)
                        .filter(hosts -> hosts.size() < 3 || hosts.indexOf(Kind.DOWN) < 1), // or else it is too slow
                Stream.of(Kind.FULL, Kind.REJECTING).flatMap(MultiHostOracleTest::besideOneThatRefuses));
        return orders.flatMap(hosts -> TYPES.stream().map(type -> new Case(type, hosts)));
    }

    /** All ordered choices of one to {@code most} different kinds. */
    private static Stream<List<Kind>> arrangements(List<Kind> kinds, int most) {
        return kinds.stream().flatMap(first -> {
            List<Kind> others = kinds.stream().filter(kind -> kind != first).toList();
            Stream<List<Kind>> longer = most == 1
                    ? Stream.empty()
                    : arrangements(others, most - 1)
                            .map(rest -> Stream.concat(Stream.of(first), rest.stream())
                                    .toList());
            return Stream.concat(Stream.of(List.of(first)), longer);
        });
    }

    private static Stream<List<Kind>> besideOneThatRefuses(Kind refusing) {
        return Stream.of(
                List.of(refusing),
                List.of(refusing, Kind.PRIMARY),
                List.of(Kind.PRIMARY, refusing),
                List.of(refusing, Kind.STANDBY),
                List.of(Kind.STANDBY, refusing),
                List.of(refusing, Kind.DOWN),
                List.of(refusing, Kind.READ_ONLY, Kind.PRIMARY));
    }

    private String url(Case wanted) {
        InetSocketAddress[] hosts = wanted.hosts().stream()
                .map(kind -> new InetSocketAddress(Loopback.address(1), Objects.requireNonNull(ports.get(kind))))
                .toArray(InetSocketAddress[]::new);
        return Fleet.url(wanted.type(), hosts);
    }

    /** The port of the server that it lands on, or that it fails. */
    private static String landing(Connection connection) throws SQLException {
        try (connection) {
            return Connectors.ask(connection, "select inet_server_port()");
        }
    }

    private static String plain(String url) {
        Properties properties = Fleet.login();
        properties.setProperty("hostRecheckSeconds", "0"); // its memory is the JVM's, earlier cases are in it
        try {
            return landing(DriverManager.getConnection(url, properties));
        } catch (SQLException e) {
            return "fails";
        }
    }

    private static String ours(PenstockConnector connector) {
        try {
            return landing(connector.getConnection());
        } catch (SQLException e) {
            return "fails";
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void landsWherePgjdbcLandsNowAndWithWhatItHasLearnt(Case wanted) {
        String url = url(wanted);
        String expected = plain(url);

        PenstockConnector connector = Connectors.over(url, Fleet.login());

        assertThat(List.of(ours(connector), ours(connector)))
                .as(wanted.toString())
                .containsOnly(expected);
    }

    /** All of them but primary and preferPrimary may land anywhere, so the role is what counts. */
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"READ_ONLY", "STANDBY"})
    void balancedHostsKeepTheRole(Kind secondary) {
        List<Kind> hosts = List.of(secondary, Kind.DOWN, Kind.PRIMARY);
        for (String type : TYPES) {
            String parameters = "&loadBalanceHosts=true";
            PenstockConnector connector = Connectors.over(url(new Case(type, hosts)) + parameters, Fleet.login());
            String wanted = switch (type) {
                case "primary", "preferPrimary" -> String.valueOf(ports.get(Kind.PRIMARY));
                case "secondary", "preferSecondary" -> String.valueOf(ports.get(secondary));
                default -> ports.get(Kind.PRIMARY) + "|" + ports.get(secondary);
            };
            for (int i = 0; i < 5; i++) {
                assertThat(ours(connector)).as(type).matches(wanted);
            }
        }
    }
}
