package dev.penstock.budget.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.Plan;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number is that of a superuser's query, written by hand. */
class ServerCensusTest {
    private static final String CLIENTS = "backend_type = 'client backend'";
    private static final String BY_ALL = "application_name, usename, datname, state";

    abstract static class Numbers {
        private Crowd crowd;
        private int major;

        @BeforeEach
        void gather(PostgresServer server) throws SQLException {
            major = server.major();
            crowd = new Crowd(server);
            crowd.gather();
        }

        @AfterEach
        void leave() throws SQLException {
            crowd.close();
        }

        /** Sessions of others by what they have in common, but for the superuser's that counts. */
        private static Map<String, Integer> counted(Census census, Function<Group, String> key) {
            Map<String, Integer> counted = new TreeMap<>();
            census.groups().stream()
                    .filter(group -> !group.own() && !group.application().equals("penstock-lab"))
                    .forEach(group -> counted.merge(key.apply(group), group.sessions(), Integer::sum));
            return counted;
        }

        private static String all(Group group) {
            return group.application() + " | " + group.user() + " | " + group.database() + " | " + group.state();
        }

        @ParameterizedTest
        @ValueSource(strings = {"boss", "watcher"})
        void whoSeesAllCountsAll(String role) throws SQLException {
            Connection asking = crowd.join(role, "postgres", "asking");
            Census census = BudgetProbe.read(asking).census();

            assertThat(counted(census, Numbers::all)).isEqualTo(crowd.byHand(asking, BY_ALL, CLIENTS));
            assertThat(census.unknown()).isZero();
            assertThat(census.own()).isEqualTo(1);
            assertThat(census.sessions())
                    .isEqualTo(crowd.count("from pg_stat_activity where " + CLIENTS))
                    .isEqualTo(9 + 2);
            assertThat(census.inState("idle in transaction"))
                    .isEqualTo(crowd.count("from pg_stat_activity where state = 'idle in transaction'"))
                    .isEqualTo(2);
        }

        @Test
        void whoMayNotLookSaysHowManyAreUnknown() throws SQLException {
            Connection asking = crowd.join("app", "shop", "asking");
            Reading reading = BudgetProbe.read(asking);
            Census census = reading.census();

            assertThat(counted(census, group -> group.hidden() ? "hidden" : all(group)))
                    .containsAllEntriesOf(crowd.byHand(asking, BY_ALL, CLIENTS + " and usename = 'app'"))
                    // batch's two and boss, and one that is none: nothing tells a parallel worker from a client
                    .containsEntry("hidden", 2 + 1 + 1);
            assertThat(counted(census, group -> group.application() + " | " + group.user() + " | " + group.database()))
                    .isEqualTo(crowd.byHand(
                            asking,
                            "application_name, usename, datname",
                            "backend_type in ('client backend', 'parallel worker')"));
            assertThat(census.unknown())
                    .isEqualTo(crowd.count("from pg_stat_activity where usename <> 'app' and datname is not null"));
            assertThat(reading.explain())
                    .contains("5 sessions of other roles, of which this role may not see the state, nor whether they"
                            + " are clients; to see it: grant pg_read_all_stats to app");
        }

        /** It holds a connection already; from PostgreSQL 18 on the server says so. */
        @Test
        void whoIsLoggingInIsCountedWhereTheServerShowsIt() throws Exception {
            Connection asking = crowd.join("watcher", "postgres", "asking");
            try (Socket client = crowd.knock()) {
                Census census = BudgetProbe.read(asking).census();

                assertThat(client.isConnected()).isTrue();
                assertThat(census.sessions()).isEqualTo(crowd.count("from pg_stat_activity where " + CLIENTS));
                assertThat(census.groups().stream().filter(group -> group.user() == null))
                        .hasSize(major >= 18 ? 1 : 0)
                        .allMatch(group -> "starting".equals(group.state()) && group.database() == null);
            }
        }

        @Test
        void theLimitsAreThoseInForce() throws SQLException {
            assertThat(facts("app", "shop")).isEqualTo(expected("app", 12, "shop", 16, false, false, false));
            assertThat(facts("watcher", "postgres"))
                    .isEqualTo(expected("watcher", -1, "postgres", -1, false, false, true));
            assertThat(facts("boss", "shop")).isEqualTo(expected("boss", 1, "shop", 16, true, major >= 16, true));
            if (major >= 16) {
                assertThat(facts("keeper", "shop")).isEqualTo(expected("keeper", -1, "shop", 16, false, true, true));
            }
        }

        private ServerFacts facts(String role, String database) throws SQLException {
            return BudgetProbe.read(crowd.join(role, database, "asking")).server();
        }

        private ServerFacts expected(
                String role,
                int roleLimit,
                String database,
                int databaseLimit,
                boolean superuser,
                boolean usesReserved,
                boolean seesAll) {
            return new ServerFacts(
                    Integer.parseInt(crowd.ask("show server_version_num")),
                    Integer.parseInt(crowd.ask("show max_connections")),
                    Integer.parseInt(crowd.ask("show superuser_reserved_connections")),
                    major >= 16 ? Integer.parseInt(crowd.ask("show reserved_connections")) : 0,
                    role,
                    roleLimit,
                    database,
                    databaseLimit,
                    superuser,
                    usesReserved,
                    seesAll);
        }

        /** Whoever sets another role logs in as before, but sees what that role may see. */
        @Test
        void theLimitIsThatOfTheLogin() throws SQLException {
            Connection asking = crowd.join("boss", "postgres", "asking");
            Crowd.run(asking, "set role app");
            Reading reading = BudgetProbe.read(asking);

            assertThat(reading.server().role()).isEqualTo("boss");
            assertThat(reading.server().superuser()).isTrue();
            assertThat(reading.server().seesAll()).isFalse();
            assertThat(reading.census().unknown()).isPositive();
            assertThat(Crowd.ask(asking, "select current_user")).isEqualTo("app");
        }

        /** Checkout has four, search, which the plan does not know, two; then there are batch's, boss and the eye. */
        @Test
        void whoUsesWhatOfAPlan() throws SQLException {
            Plan plan = Plan.of(ServerLimits.of(200)).and(Service.of("checkout", 2, 4));
            Comparison compared =
                    BudgetProbe.read(crowd.join("watcher", "shop", "asking")).against(plan);

            assertThat(compared.uses())
                    .extracting(Use::now)
                    .containsExactly(crowd.count("from pg_stat_activity where application_name like 'checkout/%'"))
                    .containsExactly(4);
            assertThat(compared.foreign().sessions())
                    .isEqualTo(crowd.count("from pg_stat_activity where " + CLIENTS
                            + " and application_name not like 'checkout/%' and application_name <> 'asking'"))
                    .isEqualTo(6);
            assertThat(compared.differences())
                    .startsWith("max_connections: the plan says 200, the server has 40")
                    .contains("limit of database shop: the plan says none, the server has 16");
        }

        /** Each limit in turn is pushed until the server refuses, by as many as were said to be free. */
        @Test
        void whatIsFreeIsWhatTheServerTakes() throws SQLException {
            assertThat(free("app", "shop")).as("to the role").isEqualTo(crowd.joinUntilRefused("app", "shop") + 1);
            assertThat(free("batch", "shop"))
                    .as("in the database")
                    .isEqualTo(crowd.joinUntilRefused("batch", "shop") + 1);
            Free ordinary = BudgetProbe.read(crowd.join("watcher", "postgres", "asking"))
                    .free();
            int taken = crowd.joinUntilRefused("watcher", "postgres");
            assertThat(List.of(ordinary.toOrdinaryRoles(), ordinary.toRole())).containsOnly(taken + 1);
            if (major >= 16) {
                assertThat(free("keeper", "postgres"))
                        .as("reserved")
                        .isEqualTo(crowd.joinUntilRefused("keeper", "postgres") + 1);
            }
            Free last =
                    BudgetProbe.read(crowd.join("boss", "postgres", "asking")).free();
            assertThat(last.toOrdinaryRoles()).isZero();
            assertThat(last.toRole()).isEqualTo(crowd.joinUntilRefused("boss", "postgres") + 1);
        }

        /** The connection that asks stays open, so that it takes one of those. */
        private int free(String role, String database) throws SQLException {
            return BudgetProbe.read(crowd.join(role, database, "asking")).free().toRole();
        }
    }

    @Nested
    @Tag("once")
    @Tag("postgres-14")
    @WithPostgres(
            major = 14,
            settings = {"max_connections=40", "superuser_reserved_connections=4"})
    class Postgres14 extends Numbers {}

    @Nested
    @Tag("postgres-18")
    @WithPostgres(
            major = 18,
            settings = {"max_connections=40", "superuser_reserved_connections=4", "reserved_connections=5"})
    class Postgres18 extends Numbers {}
}
