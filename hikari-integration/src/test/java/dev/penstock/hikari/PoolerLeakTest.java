package dev.penstock.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.PoolerMode;
import dev.penstock.SessionTimeouts;
import dev.penstock.lab.junit.NeedsPgBouncer;
import dev.penstock.lab.junit.NoLeftovers;
import dev.penstock.lab.junit.WithPostgres;
import dev.penstock.lab.pgbouncer.PgBouncer;
import dev.penstock.lab.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fifty clients with limits share three server connections behind PgBouncer, transaction by transaction: what one of
 * them has, no other ever meets.
 */
@NeedsPgBouncer
@WithPostgres
@NoLeftovers
@Tag("once") // ten thousand transactions show the same on every JDK
class PoolerLeakTest {
    private static final int CLIENTS = 50;
    private static final int SERVER_CONNECTIONS = 3;
    private static final int LEASES = 10;
    private static final int TRANSACTIONS = 20;

    private final PostgresServer server;
    private final MetLimits met = new MetLimits();
    private final List<String> enforced = new CopyOnWriteArrayList<>();

    PoolerLeakTest(PostgresServer server) {
        this.server = server;
    }

    /** Every fifth client has tighter limits than the pool, another fifth wider ones. */
    @ParameterizedTest(name = "setLocal {0}")
    @ValueSource(booleans = {false, true})
    void noneOfTenThousandTransactionsMeetsTheLimitsOfAnother(boolean setLocal) throws Exception {
        try (PgBouncer bouncer = shared();
                PenstockHikariDataSource pool = pool(bouncer, setLocal)) {
            String defaults = defaults();
            allAtATime(bouncer, clients(pool, setLocal, defaults));

            assertThat(met.strangers()).isEmpty();
            assertThat(met.transactions())
                    .isEqualTo(CLIENTS * LEASES * TRANSACTIONS)
                    .isEqualTo(10_000);
            assertThat(met.clientsOfEachBackend())
                    .hasSizeBetween(2, SERVER_CONNECTIONS)
                    .allMatch(clients -> clients > CLIENTS / 2);
            assertThat(leftBehind(bouncer)).containsOnly(defaults);
            assertThat(enforced).isEmpty();
            assertThat(pool.control().limitsInForce())
                    .singleElement()
                    .satisfies(known -> assertThat(known.pooler()).isEqualTo(PoolerMode.TRANSACTION));
        }
    }

    /** The same clients, and one that SETs what it wants: today's way. */
    @Test
    void positiveControlWhatASessionSetsTheOthersMeet() throws Exception {
        try (PgBouncer bouncer = shared();
                PenstockHikariDataSource pool = pool(bouncer, false);
                Connection careless = bouncer.connect()) {
            String defaults = defaults();
            LimitedPool.execute(careless, "set statement_timeout = '7s'");
            allAtATime(bouncer, clients(pool, false, defaults).subList(0, 5));

            assertThat(met.strangers()).isNotEmpty().allMatch(stranger -> stranger.contains("statement_timeout=7s"));
            assertThat(leftBehind(bouncer)).contains(defaults.replace("statement_timeout=0", "statement_timeout=7s"));
        }
    }

    // ---- clients -------------------------------------------------------------------------------

    private interface Client {
        void run() throws SQLException;
    }

    /** By the pool's own limits, or a view's. */
    private List<Client> clients(PenstockHikariDataSource pool, boolean setLocal, String defaults) {
        DataSource tight = pool.withTimeouts(SessionTimeouts.builder()
                .statementTimeout(Duration.ofSeconds(20))
                .lockTimeout(Duration.ofSeconds(2))
                .build());
        DataSource wide = pool.withTimeouts(SessionTimeouts.builder()
                .statementTimeout(Duration.ofMinutes(10))
                .lockTimeout(Duration.ofMinutes(1))
                .transactionTimeout(Duration.ofHours(3))
                .idleSessionTimeout(Duration.ZERO)
                .build());
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int number = i;
            DataSource from = i % 5 == 3 ? tight : i % 5 == 4 ? wide : pool;
            String own = from == tight
                    ? MetLimits.with(defaults, "20s", "2s")
                    : from == wide ? MetLimits.with(defaults, "10min", "1min") : MetLimits.with(defaults, "30s", "5s");
            clients.add(() -> work(number, from, defaults, setLocal ? own : defaults));
        }
        return clients;
    }

    /** Half of its transactions are a single statement, which nothing comes before. */
    private void work(int client, DataSource from, String defaults, String inTransaction) throws SQLException {
        for (int lease = 0; lease < LEASES; lease++) {
            try (Connection connection = from.getConnection()) {
                for (int i = 0; i < TRANSACTIONS; i++) {
                    boolean single = i % 2 == 0;
                    connection.setAutoCommit(single);
                    met.look(connection, client, single ? defaults : inTransaction);
                    if (i % 4 == 1) {
                        connection.commit();
                    } else if (!single) {
                        connection.rollback();
                    }
                }
            }
        }
    }

    /** While a client of another kind looks on, which has no limits at all. */
    private void allAtATime(PgBouncer bouncer, List<Client> clients) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        MetLimits looked = new MetLimits();
        ExecutorService threads = Executors.newFixedThreadPool(clients.size() + 1);
        try (Connection plain = bouncer.connect()) {
            String defaults = defaults();
            Future<?> onlooker = threads.submit(() -> {
                while (!over.get()) {
                    looked.look(plain, -1, defaults);
                }
                return null;
            });
            List<Future<?>> running = new ArrayList<>();
            for (Client client : clients) {
                running.add(threads.submit(() -> {
                    client.run();
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get(60, TimeUnit.SECONDS);
            }
            over.set(true);
            onlooker.get(60, TimeUnit.SECONDS);
            assertThat(looked.transactions()).isPositive();
            looked.strangers().forEach(met::addStranger);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    // ---- helpers -------------------------------------------------------------------------------

    private PgBouncer shared() {
        return PgBouncer.inFrontOf(server).defaultPoolSize(SERVER_CONNECTIONS).start();
    }

    /** What a session has that nobody has set anything for. */
    private String defaults() throws SQLException {
        try (Connection direct = server.connect()) {
            return MetLimits.of(direct);
        }
    }

    /** What each server connection has, told by clients that keep one each. */
    private static Set<String> leftBehind(PgBouncer bouncer) throws SQLException {
        Set<String> left = new HashSet<>();
        List<Connection> keepers = new ArrayList<>();
        try {
            for (int i = 0; i < SERVER_CONNECTIONS; i++) {
                Connection keeper = bouncer.connect();
                keepers.add(keeper);
                keeper.setAutoCommit(false);
                left.add(MetLimits.of(keeper));
            }
        } finally {
            for (Connection keeper : keepers) {
                keeper.close();
            }
        }
        return left;
    }

    private PenstockHikariDataSource pool(PgBouncer bouncer, boolean setLocal) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(bouncer.jdbcUrl());
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(CLIENTS);
        config.setConnectionTimeout(20_000);
        Properties driver = new Properties();
        driver.setProperty("prepareThreshold", "0");
        config.setDataSourceProperties(driver);
        return new PenstockHikariDataSource(
                config,
                PenstockConfig.builder()
                        .session(session -> session.setLocal(setLocal)
                                .statementTimeout(Duration.ofSeconds(30))
                                .lockTimeout(Duration.ofSeconds(5))
                                .idleInTransactionTimeout(Duration.ofMinutes(1))
                                .transactionTimeout(Duration.ofMinutes(2))
                                .idleSessionTimeout(Duration.ofHours(1)))
                        .listener(new PenstockListener() {
                            @Override
                            public void timeoutEnforced(TimeoutEnforced event) {
                                enforced.add(event.toString());
                            }
                        })
                        .build());
    }
}
