package dev.penstock.tools.breaker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.penstock.hikari.PenstockHikariDataSource;
import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Behaviour;
import dev.penstock.lab.fault.FaultProxy;
import dev.penstock.lab.postgres.PostgresServer;
import java.time.Duration;

/** One pool with a proxy of its own between it and the server, which is real. */
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration ALIVE_BYPASS = Duration.ofMillis(600);

    private final Events events = new Events();
    private final FaultProxy proxy;
    private final PenstockHikariDataSource pool;

    private Stage(PostgresServer server, Setup setup) {
        proxy = FaultProxy.to(server.address());
        pool = started(setup, server.jdbcUrl(proxy.address().getHostAddress(), proxy.port()), server, events);
        awaitIdle(setup.idle());
    }

    private Stage(PostgresServer server, Setup setup, Fault fault) {
        proxy = FaultProxy.to(server.address());
        fault.strike(proxy);
        HikariConfig hikari =
                setup.hikari(server.jdbcUrl(proxy.address().getHostAddress(), proxy.port()), server.credentials());
        pool = new PenstockHikariDataSource(setup.penstock(events));
        hikari.copyStateTo(pool);
    }

    /** A pool that runs, with all the idle connections that it is to have, before a server that is well. */
    static Stage healthy(PostgresServer server, Setup setup) {
        return new Stage(server, setup);
    }

    /** A pool that starts at its first borrow, before a server that is not. */
    static Stage unused(PostgresServer server, Setup setup, Fault fault) {
        return new Stage(server, setup, fault);
    }

    /** A pool without anything in between. */
    static PenstockHikariDataSource direct(PostgresServer server, Setup setup, Events events) {
        return started(setup, server.jdbcUrl(), server, events);
    }

    /** The same with HikariCP's own suspension allowed. */
    static PenstockHikariDataSource suspendable(PostgresServer server, Setup setup) {
        HikariConfig hikari = setup.hikari(server.jdbcUrl(), server.credentials());
        hikari.setAllowPoolSuspension(true);
        return new PenstockHikariDataSource(hikari, setup.penstock(new Events()));
    }

    private static PenstockHikariDataSource started(Setup setup, String url, PostgresServer server, Events events) {
        return new PenstockHikariDataSource(setup.hikari(url, server.credentials()), setup.penstock(events));
    }

    PenstockHikariDataSource pool() {
        return pool;
    }

    FaultProxy proxy() {
        return proxy;
    }

    Events events() {
        return events;
    }

    void awaitIdle(int count) {
        Await.until(count + " idle connections", PATIENCE, () -> counters().getIdleConnections() == count);
    }

    private HikariPoolMXBean counters() {
        return pool.getHikariPoolMXBean();
    }

    /** From now on new connects and open connections meet the fault; the instant of that. */
    long strike(Fault fault) {
        long now = System.nanoTime();
        fault.strike(proxy);
        return now;
    }

    /** The same, and returns when the pool has no connection any more and its breaker is open. */
    void lose(Fault fault) {
        strike(fault);
        counters().softEvictConnections();
        Await.until("the pool is empty", PATIENCE, () -> counters().getTotalConnections() == 0);
        Borrower somebody = Borrower.start(pool, "borrower-first"); // or nobody wants a connection
        events.awaitOpened(PATIENCE);
        somebody.end();
    }

    /** Within half a second of its last use HikariCP does not look whether an idle connection is alive. */
    void outlastAliveBypass() throws InterruptedException {
        Thread.sleep(ALIVE_BYPASS.toMillis());
    }

    /** From now on new connects and the connections that are there meet silence; the instant of that. */
    long silence() {
        long now = System.nanoTime();
        Fault.SILENT.onConnects(proxy);
        proxy.stallOpen();
        return now;
    }

    /** From now on connects reach the server, and sessions that were opened before stay as they are; its instant. */
    long heal() {
        long now = System.nanoTime();
        proxy.behave(Behaviour.pass());
        return now;
    }

    @Override
    public void close() {
        pool.close();
        proxy.close();
    }
}
