package dev.penstock.tools.leaks;

import dev.penstock.BorrowTerms;
import dev.penstock.LeaseSettings;
import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockConfig;
import dev.penstock.PoolControl;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.lease.LeaseDesk;
import dev.penstock.internal.lease.Surroundings;
import dev.penstock.internal.server.ServerSide;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.socket.StampedSocket;
import dev.penstock.internal.time.Ticker;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Leases on loan of many pools, a hundred of each, one of which is quiet for too long. There is no server behind their
 * connections; sessions and sockets are Penstock's own, unconnected. Not thread-safe.
 */
public final class ManyLeases implements AutoCloseable {
    /** On loan of one pool. */
    public static final int PER_DESK = 100;

    /** One for all, as a view of an application has it: what is worked out for it is kept once. */
    private static final BorrowTerms QUIET = BorrowTerms.usual().expectingHold(Duration.ofHours(1));

    private final List<LeaseDesk> desks = new ArrayList<>();
    private final List<List<BaseConnection>> connections = new ArrayList<>(); // by desk
    private final List<Connection> leased = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Consumer<LeaseSettings.Builder> settings;
    private final Ticker ticker;

    private ManyLeases(Consumer<LeaseSettings.Builder> settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    /** Watched by the JVM's own sweeper, as any pool's are. */
    public static ManyLeases watched(int pools, Duration suspectAfter) throws Exception {
        ManyLeases leases = new ManyLeases(settings -> settings.suspectAfter(suspectAfter), Ticker.system());
        leases.lend(pools, true);
        return leases;
    }

    /** Watched by nobody but a caller who sweeps {@link #desks}, by his own clock. */
    public static ManyLeases unwatched(int pools, Duration suspectAfter, Ticker ticker) throws Exception {
        return unwatched(pools, leases -> leases.suspectAfter(suspectAfter), ticker);
    }

    /** The same with other settings. */
    public static ManyLeases unwatched(int pools, Consumer<LeaseSettings.Builder> settings, Ticker ticker)
            throws Exception {
        ManyLeases leases = new ManyLeases(settings, ticker);
        leases.lend(pools, false);
        return leases;
    }

    private void lend(int pools, boolean watched) throws Exception {
        try {
            for (int i = 0; i < pools; i++) {
                Sessions sessions = new Sessions(session -> {});
                LeaseDesk desk = desk(i, sessions);
                desks.add(desk);
                if (!watched) {
                    desk.close(); // it lends on
                }
                List<BaseConnection> own = connections(sessions, i);
                connections.add(own);
                lendAll(desk, own);
            }
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /** All of them end, by the calling thread. */
    public void giveBack() throws SQLException {
        for (Connection lease : leased) {
            lease.close();
        }
        leased.clear();
    }

    /** The same connections once more, to the calling thread. */
    public void lendAgain() throws SQLException {
        for (int i = 0; i < desks.size(); i++) {
            leased.addAll(borrowAll(desks.get(i), connections.get(i)));
        }
    }

    /** Of the pools. */
    public List<LeaseDesk> desks() {
        return Collections.unmodifiableList(desks);
    }

    /** On loan in all. */
    public int size() {
        return leased.size();
    }

    /** Reported so far. */
    public long suspects() {
        return desks.stream()
                .mapToLong(desk -> desk.suspected(LeaseVerdict.LIKELY_LEAK))
                .sum();
    }

    private LeaseDesk desk(int number, Sessions sessions) {
        return new LeaseDesk(
                "pool-" + number,
                PenstockConfig.builder().leases(settings).build().leases(),
                sessions,
                new Surroundings(
                        PoolControl.unknown(Duration.ofSeconds(30)),
                        new Listeners(List.of()),
                        Runnable::run,
                        PenstockConfig.defaults().session(),
                        null,
                        null),
                ticker);
    }

    private List<BaseConnection> connections(Sessions sessions, int number) {
        List<BaseConnection> own = new ArrayList<>();
        for (int i = 0; i < PER_DESK; i++) {
            BaseConnection connection = connection(number * PER_DESK + i);
            sessions.add(
                    connection,
                    new Session(
                            connection, new StampedSocket(ticker, null), "127.0.0.1:5432", null, ServerSide.NOT_ASKED));
            own.add(connection);
        }
        return own;
    }

    /**
     * To a borrower of its own. One of his leases is quiet for too long, of the others he has said that they would be.
     */
    private void lendAll(LeaseDesk desk, List<BaseConnection> own) throws Exception {
        FutureTask<List<Connection>> borrowing = new FutureTask<>(() -> borrowAll(desk, own));
        Thread borrower = new Thread(() -> {
            borrowing.run();
            awaitQuietly(over);
        });
        borrower.setDaemon(true);
        borrower.start();
        leased.addAll(borrowing.get());
    }

    private static List<Connection> borrowAll(LeaseDesk desk, List<BaseConnection> own) throws SQLException {
        List<Connection> leased = new ArrayList<>();
        for (BaseConnection connection : own) {
            leased.add(leased.isEmpty() ? desk.lend(() -> connection) : desk.lend(() -> connection, QUIET));
        }
        return leased;
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BaseConnection connection(int pid) {
        return (BaseConnection) Proxy.newProxyInstance(
                ManyLeases.class.getClassLoader(),
                new Class<?>[] {BaseConnection.class},
                (proxy, method, arguments) -> answer(proxy, method, arguments, pid));
    }

    private static @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments, int pid) {
        return switch (method.getName()) {
            case "getBackendPID", "hashCode" -> pid;
            case "getTransactionState" -> TransactionState.IDLE;
            case "isClosed" -> false;
            case "unwrap" -> proxy;
            case "equals" -> arguments != null && proxy == arguments[0];
            case "toString" -> "connection " + pid;
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        };
    }

    /** The borrowers end, and nobody watches any more. */
    @Override
    public void close() {
        over.countDown();
        desks.forEach(LeaseDesk::close);
    }
}
