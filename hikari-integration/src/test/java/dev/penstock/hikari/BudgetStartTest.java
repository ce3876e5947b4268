package dev.penstock.hikari;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import com.zaxxer.hikari.util.Credentials;
import dev.penstock.BudgetCheck;
import dev.penstock.BudgetExceededException;
import dev.penstock.BudgetReport;
import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectRejectedException;
import dev.penstock.InvalidSettingException;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Verdict;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.fault.SilentServer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of a pool with a declared plan when it starts. Of 100 connections 3 are reserved, 97 are usable, and
 * more than 77 of them is tight; the plans declare 1000 connections, so that whatever is found was found on the server.
 */
@WithPostgres(settings = {"max_connections=100", "superuser_reserved_connections=3"})
class BudgetStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** For a superuser. */
    private static final int CONNECTIONS = 100;

    private static final int FITS = 30; // x 2 = 60
    private static final int TIGHT = 40; // x 2 = 80
    private static final int OVER = 50; // x 2 = 100

    private final PostgresServer server;
    private final List<BudgetReport> told = new CopyOnWriteArrayList<>();

    BudgetStartTest(PostgresServer server) {
        this.server = server;
    }

    // ---- the verdict, and what comes of it ------------------------------------------------------

    @Test
    void offAsksNothing() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config(), penstock(OVER, BudgetCheck.OFF))) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("checkout/pod-1/main");
            assertThat(pool.control().budget()).isEmpty();
        }
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30, FITS", "40, TIGHT", "50, OVER"})
    @NoLeftovers
    void warnStartsAndTellsOnce(int replicas, Verdict verdict) throws SQLException {
        try (var pool = new PenstockHikariDataSource(config(), penstock(replicas, BudgetCheck.WARN))) {
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
            BudgetReport report = awaitReport();
            assertThat(report.verdict()).isEqualTo(verdict);
            assertThat(report.isFine()).isEqualTo(verdict == Verdict.FITS);
            assertThat(report.explain()).contains("    checkout: " + replicas + " replicas x 2 = " + replicas * 2);
            assertThat(pool.control().budget()).containsSame(report);
        }
        assertThat(told).hasSize(1);
    }

    /** 30 x 3 = 90 of the 97 that there are, 30 x 4 = 120 of the 1000 that were declared. */
    @Test
    void aResizeGoesByWhatTheServerHas() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config(), penstock(FITS, BudgetCheck.WARN))) {
            assertThat(awaitReport().verdict()).isEqualTo(Verdict.FITS);
            assertThat(pool.control().resizeWithinBudget(3).orElseThrow().sum().verdict())
                    .isEqualTo(Verdict.TIGHT);

            BudgetExceededException refusal = requireNonNull(catchThrowableOfType(
                    BudgetExceededException.class, () -> pool.control().resizeWithinBudget(4)));

            assertThat(refusal.getMessage()).contains("not resized from 3 to 4", "120 of 97 connections");
            assertThat(pool.getMaximumPoolSize()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"30, FITS", "40, TIGHT"})
    void failStartsWhatFitsAndKnowsItAtOnce(int replicas, Verdict verdict) throws SQLException {
        try (var pool = new PenstockHikariDataSource(config(), penstock(replicas, BudgetCheck.FAIL))) {
            assertThat(pool.control().budget().orElseThrow().verdict()).isEqualTo(verdict);
            assertThat(Pools.ask(pool, "select 1")).isEqualTo("1");
        }
        assertThat(told).hasSize(1);
    }

    @Test
    @NoLeftovers
    void failStartsNothingThatIsOver() throws SQLException {
        BudgetExceededException refused = catchThrowableOfType(
                BudgetExceededException.class,
                () -> new PenstockHikariDataSource(config(), penstock(OVER, BudgetCheck.FAIL)));

        assertThat(refused)
                .hasMessageStartingWith("penstock 'main': the pool does not start (penstock.budget.check=fail): budget"
                        + " OVER for service checkout, with the limits that the server has; server: 100 of 97 connections in"
                        + " steady state, tight above 77: OVER\n")
                .hasMessageContaining("checkout: 50 replicas x 2 = 100")
                .hasMessageContaining("100 of 97, tight above 77: OVER")
                .hasMessageContaining("penstock.budget.check=warn")
                .hasMessageNotContaining(server.password());
        assertThat(refused.report()).isSameAs(told.get(0));
        Await.until("nothing is left open", PATIENCE, () -> backends("checkout/pod-1/main") == 0);
    }

    @Test
    void aPoolThatIsLargerThanPlannedIsCountedAsItIs() {
        HikariConfig config = config();
        config.setMaximumPoolSize(4); // 30 x 4 = 120
        BudgetExceededException refused = catchThrowableOfType(
                BudgetExceededException.class,
                () -> new PenstockHikariDataSource(config, penstock(FITS, BudgetCheck.FAIL)));

        assertThat(refused)
                .hasMessageContaining("not as planned: maximumPoolSize of this pool is 4, more than the 2 that the plan"
                        + " has for each pool of checkout; the sum has 4")
                .hasMessageContaining("checkout: 30 replicas x 4 = 120");
    }

    /** Before the pool has connected, nobody has yet been asked for a password. */
    @Test
    @NoLeftovers
    void theProviderOfAPoolIsTheChecksToo() {
        HikariConfig config = config();
        Credentials usual = Credentials.of(config.getUsername(), config.getPassword());
        HikariConfig provided = new HikariConfig();
        provided.setJdbcUrl(config.getJdbcUrl());
        provided.setPoolName("main");
        provided.setMaximumPoolSize(2);
        provided.setCredentialsProvider(() -> usual);

        assertThat(catchThrowableOfType(
                        BudgetExceededException.class,
                        () -> new PenstockHikariDataSource(provided, penstock(OVER, BudgetCheck.FAIL))))
                .isNotNull();
    }

    /** The worst moment to keep a pool from starting, or to be silent. */
    @ParameterizedTest
    @EnumSource(names = {"WARN", "FAIL"})
    @NoLeftovers
    void aFullServerIsAWarning(BudgetCheck check) throws SQLException {
        HikariConfig config = config();
        config.setInitializationFailTimeout(-1);
        List<Connection> all = new ArrayList<>();
        try {
            fill(all);
            try (var pool = new PenstockHikariDataSource(config, penstock(OVER, check))) {
                BudgetReport report = awaitReport();
                assertThat(report.isOver()).isFalse();
                assertThat(report.unchecked()).contains("53300");
                assertThat(report.describe()).doesNotContain(server.password());
                assertThat(pool.isRunning()).isTrue();
            }
        } finally {
            for (Connection one : all) {
                one.close();
            }
        }
    }

    /** To the last: a session that is still ending has its place for a moment, and would leave it to the pool. */
    private void fill(List<Connection> all) {
        Await.until("the server is full", PATIENCE, () -> {
            try {
                all.add(server.connect());
            } catch (SQLException full) {
                assertThat(full.getSQLState()).isEqualTo("53300");
            }
            return all.size() == CONNECTIONS;
        });
    }

    /** HikariCP makes 10 of none. */
    @Test
    void theDefaultSizeCountsToo() {
        HikariConfig config = config();
        HikariConfig unsized = new HikariConfig();
        unsized.setJdbcUrl(config.getJdbcUrl());
        unsized.setUsername(config.getUsername());
        unsized.setPassword(config.getPassword());
        BudgetExceededException refused = catchThrowableOfType(
                BudgetExceededException.class,
                () -> new PenstockHikariDataSource(unsized, penstock(FITS, BudgetCheck.FAIL)));

        assertThat(refused).hasMessageContaining("maximumPoolSize of this pool is 10,");
    }

    // ---- what could not be found out ------------------------------------------------------------

    @Test
    void anUnreachableServerFailsTheStartAsItWouldWithoutAPlan() {
        HikariConfig config = unreachable();
        PoolInitializationException failed = catchThrowableOfType(
                PoolInitializationException.class,
                () -> new PenstockHikariDataSource(config, penstock(OVER, BudgetCheck.FAIL)));

        assertThat(failed).hasCauseInstanceOf(ConnectFailedException.class);
        assertThat(told).singleElement().satisfies(report -> {
            assertThat(report.live()).isNull();
            assertThat(report.unchecked()).contains("SQLState 08001");
            assertThat(report.describe()).contains("the server's own limits are not known: ");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"WARN", "FAIL"})
    @NoLeftovers
    void anUnreachableServerKeepsNoPoolFromStartingThatNeedsNone(BudgetCheck check) {
        HikariConfig config = unreachable();
        config.setInitializationFailTimeout(-1);
        try (var pool = new PenstockHikariDataSource(config, penstock(OVER, check))) {
            assertThat(awaitReport().isOver()).isFalse();
            assertThat(pool.isRunning()).isTrue();
        }
    }

    /** Also if it is over by what was declared: that is not what the server has. */
    @Test
    void aPlanThatIsOverAsDeclaredIsWarnedOfWhileTheServerIsNotKnown() {
        HikariConfig config = unreachable();
        config.setInitializationFailTimeout(-1);
        Plan over = Plan.of(ServerLimits.of(10)).and(Service.of("checkout", OVER, 2));
        try (var pool = new PenstockHikariDataSource(config, penstock(over, BudgetCheck.FAIL))) {
            assertThat(awaitReport().verdict()).isEqualTo(Verdict.OVER);
            assertThat(pool.isRunning()).isTrue();
        }
    }

    @Test
    void aServerThatSaysNoIsHikarisAffair() {
        HikariConfig config = config();
        config.setPassword("wrong-secret");
        PoolInitializationException failed = catchThrowableOfType(
                PoolInitializationException.class,
                () -> new PenstockHikariDataSource(config, penstock(OVER, BudgetCheck.FAIL)));

        assertThat(failed).hasCauseInstanceOf(ConnectRejectedException.class);
        assertThat(told)
                .singleElement()
                .satisfies(report ->
                        assertThat(report.describe()).contains("28P01").doesNotContain("wrong-secret"));
    }

    @Test
    void aSilentServerIsAskedNoLongerThanACallerWaits() {
        try (SilentServer silent = SilentServer.start()) {
            HikariConfig config = config();
            config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + silent.port() + "/app");
            config.setConnectionTimeout(300);
            config.setInitializationFailTimeout(-1);
            try (var pool = new PenstockHikariDataSource(config, penstock(OVER, BudgetCheck.FAIL))) {
                assertThat(told)
                        .singleElement()
                        .satisfies(report -> assertThat(report.unchecked()).contains("300 ms"));
                assertThat(pool.isRunning()).isTrue();
            }
        }
    }

    // ---- names ----------------------------------------------------------------------------------

    @Test
    void everyConnectionHasTheName() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config(), penstock(FITS, BudgetCheck.OFF))) {
            Await.until("both", PATIENCE, () -> pool.getHikariPoolMXBean().getTotalConnections() == 2);
            assertThat(backends("checkout/pod-1/main")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"property", "url"})
    void aNameOfTheUsersStays(String where) throws SQLException {
        HikariConfig config = config();
        if (where.equals("url")) {
            config.setJdbcUrl(config.getJdbcUrl() + "?ApplicationName=mine");
        } else {
            config.addDataSourceProperty("ApplicationName", "mine");
        }
        try (var pool = new PenstockHikariDataSource(config, penstock(FITS, BudgetCheck.OFF))) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("mine");
        }
    }

    @Test
    void whatTheServerWouldChangeIsReplacedBefore() throws SQLException {
        HikariConfig config = config();
        config.setPoolName("Lesen/Bücher");
        try (var pool = new PenstockHikariDataSource(config, penstock(FITS, BudgetCheck.OFF))) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("checkout/pod-1/Lesen_B_cher");
        }
    }

    @Test
    void withoutAPlanTheNameIsTheDrivers() throws SQLException {
        try (var pool = new PenstockHikariDataSource(config())) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("PostgreSQL JDBC Driver");
            assertThat(pool.control().budget()).isEmpty();
        }
    }

    @Test
    void offPenstockDoesNothing() throws SQLException {
        PenstockConfig off =
                penstock(OVER, BudgetCheck.FAIL).toBuilder().enabled(false).build();
        try (var pool = new PenstockHikariDataSource(config(), off)) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("PostgreSQL JDBC Driver");
            assertThat(pool.control().budget()).isEmpty();
        }
        assertThat(told).isEmpty();
    }

    // ---- which service --------------------------------------------------------------------------

    @Test
    void ofSeveralServicesOneMustBeNamed() throws SQLException {
        Plan two = plan(FITS).and(Service.of("search", 1, 1));
        HikariConfig config = config();
        InvalidSettingException refused = catchThrowableOfType(
                InvalidSettingException.class,
                () -> new PenstockHikariDataSource(config, penstock(two, BudgetCheck.OFF)));
        assertThat(refused.setting()).isEqualTo("penstock.budget.service");

        config.addDataSourceProperty("penstock.budget.service", "search");
        try (var pool = new PenstockHikariDataSource(config, penstock(two, BudgetCheck.OFF))) {
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("search/pod-1/main");
        }
    }

    // ---- a pool that starts at the first borrow -------------------------------------------------

    @Test
    void aLazyPoolIsCheckedWhenItStarts() throws SQLException {
        try (PenstockHikariDataSource pool = lazy(config(), penstock(TIGHT, BudgetCheck.WARN))) {
            assertThat(pool.control().budget()).isEmpty();
            assertThat(Pools.ask(pool, "show application_name")).isEqualTo("checkout/pod-1/main");
            assertThat(awaitReport().verdict()).isEqualTo(Verdict.TIGHT);
            assertThat(pool.control().budget()).isPresent();
        }
        assertThat(told).hasSize(1);
    }

    @Test
    @NoLeftovers
    void everybodyWhoWaitsForALazyStartIsToldAndALaterBorrowChecksAgain() {
        try (FaultProxy proxy = FaultProxy.to(server.address()).behave(Behaviour.delay(Duration.ofMillis(50)));
                PenstockHikariDataSource pool =
                        lazy(named(Pools.through(proxy, server)), penstock(OVER, BudgetCheck.FAIL))) {
            assertThat(Callers.borrowing(pool, 5).outcomes())
                    .allSatisfy(outcome -> assertThat(outcome.failure()).isInstanceOf(BudgetExceededException.class));
            assertThat(pool.isRunning()).isFalse();
            int checks = told.size();
            assertThat(catchThrowableOfType(BudgetExceededException.class, pool::getConnection))
                    .isNotNull();
            assertThat(told).hasSize(checks + 1);
        }
    }

    // ---- the end --------------------------------------------------------------------------------

    @Test
    @NoLeftovers
    void closeEndsACheckBesideThePool() {
        try (FaultProxy proxy =
                FaultProxy.to(server.address()).behave(Behaviour.times(1, Behaviour.pass(), Behaviour.silent()))) {
            HikariConfig config = named(Pools.through(proxy, server));
            config.setMaximumPoolSize(1); // the first connection is the pool's, the second the check's
            var pool = new PenstockHikariDataSource(config, penstock(FITS, BudgetCheck.WARN));
            proxy.awaitAccepted(2);
            pool.close();
            // and @NoLeftovers: 10 s before its limit
        }
        assertThat(told).isEmpty();
    }

    @Test
    @NoLeftovers
    void closeEndsACheckThatAStartWaitsFor() {
        try (SilentServer silent = SilentServer.start()) {
            HikariConfig config = config();
            config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + silent.port() + "/app");
            PenstockHikariDataSource pool = lazy(config, penstock(FITS, BudgetCheck.FAIL));
            Callers callers = Callers.borrowing(pool, 2);
            silent.awaitAccepted(1);
            pool.close();
            assertThat(callers.outcomes())
                    .allSatisfy(outcome -> assertThat(outcome.failure()).hasMessageContaining("has been closed"));
            silent.awaitOpenConnections(0);
        }
        assertThat(told).isEmpty();
    }

    // ---- what these pools are made of -----------------------------------------------------------

    private static Plan plan(int replicas) {
        return Plan.of(ServerLimits.of(1000))
                .and(Service.of("checkout", replicas, 2).withRollout(Rollout.parse("in-place")));
    }

    private PenstockConfig penstock(int replicas, BudgetCheck check) {
        return penstock(plan(replicas), check);
    }

    private PenstockConfig penstock(Plan plan, BudgetCheck check) {
        return PenstockConfig.builder()
                .budget(b -> b.plan(plan).check(check).instance("pod-1"))
                .listener(new PenstockListener() {
                    @Override
                    public void budgetChecked(BudgetChecked event) {
                        told.add(event.report());
                    }
                })
                .build();
    }

    private HikariConfig config() {
        return named(Pools.config(server));
    }

    private HikariConfig unreachable() {
        HikariConfig config = config();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + Loopback.freePort() + "/app");
        return config;
    }

    private static HikariConfig named(HikariConfig config) {
        config.setPoolName("main");
        return config;
    }

    private static PenstockHikariDataSource lazy(HikariConfig config, PenstockConfig penstock) {
        PenstockHikariDataSource pool = new PenstockHikariDataSource(penstock);
        config.copyStateTo(pool);
        return pool;
    }

    private BudgetReport awaitReport() {
        Await.until("the check is over", PATIENCE, () -> !told.isEmpty());
        return requireNonNull(told.get(0));
    }

    private int backends(String name) {
        try {
            return server.backendCount(name);
        } catch (SQLException e) {
            return -1;
        }
    }
}
