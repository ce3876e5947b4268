package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.WhileOpen;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Leash;
import dev.penstock.internal.connect.Route;
import dev.penstock.internal.session.OpenedSession;
import dev.penstock.internal.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The stage above the connect: asks the breaker, and tells it how it went. While it is open a pool's creator
 * is kept waiting for the first good connection and everybody else is refused at once; after an outage
 * connections are made slowly at first. Thread-safe.
 */
public final class BreakerRoute implements Route {
    private static final Duration CALLERS_TURN = Duration.ofSeconds(1);

    private final String name;
    private final CreationBreaker breaker;
    private final Creation creation;
    private final Duration deadline;
    private final Ticker ticker;
    private final ProbeDesk desk;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Over the stage below, whose connects get {@code deadline}. */
    public BreakerRoute(
            String name, CreationBreaker breaker, Creation creation, Duration deadline, Clockwork clockwork) {
        this.name = name;
        this.breaker = breaker;
        this.creation = creation;
        this.deadline = deadline;
        this.ticker = clockwork.ticker();
        this.desk = new ProbeDesk(breaker, clockwork, this::probe);
        Runnable unused = breaker.onChange(desk::breakerChanged);
    }

    @Override
    public Connection connect(ConnectOrder order) throws SQLException {
        desk.remember(order);
        Duration limit = deadline;
        boolean hadItsTurn = false;
        while (closed.getCount() > 0) {
            Connection spare = desk.takeSpare(order);
            if (spare != null) {
                return spare;
            }
            Outage outage = breaker.outage();
            if (outage != null && order.whileOpen() == WhileOpen.WAIT) {
                ProbeDesk.Answer answer = await(order, outage);
                if (answer.connection() != null) {
                    return answer.connection();
                } else if (answer.mayLookAgain()) {
                    continue;
                }
            } else if (outage == null && !hadItsTurn) {
                hadItsTurn = true;
                long turn = breaker.takePlace();
                if (turn > 0) {
                    limit = limit.minusNanos(waitFor(turn, order));
                    continue; // things may have changed
                }
            }
            return tryNow(order, limit);
        }
        return creation.connect(order, deadline, new Leash()); // which says that it is closed
    }

    private ProbeDesk.Answer await(ConnectOrder order, Outage outage) throws SQLException {
        try {
            return desk.await(order);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(
                    name,
                    outage,
                    ConnectOutcome.ABANDONED,
                    "the calling thread was interrupted while it waited",
                    ticker.nanos(),
                    deadline);
        }
    }

    /**
     * For its turn after an outage: a pool's creator at most half of its deadline, anybody else, who has callers of
     * his own waiting, a second at most. The end of the connector ends it.
     *
     * @return how long that took, in nanoseconds
     */
    private long waitFor(long turn, ConnectOrder order) {
        long most = order.whileOpen() == WhileOpen.WAIT ? Long.MAX_VALUE : CALLERS_TURN.toNanos();
        long begun = ticker.nanos();
        try {
            long patience = Math.min(most, deadline.toNanos() / 2);
            boolean unused = closed.await(Math.min(turn, patience), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the connect that follows ends at once and says why
        }
        return ticker.nanos() - begun;
    }

    private Connection tryNow(ConnectOrder order, Duration limit) throws SQLException {
        Permit permit = breaker.admit();
        Outage outage = breaker.outage();
        return switch (permit.kind()) {
            case FREE -> order.whileOpen() == WhileOpen.WAIT ? createInCompany(order, limit) : create(order, limit);
            case PROBE -> create(order, permit, breaker.probeLimit(), new Leash(), BreakerRoute::toTheCaller);
            case REFUSED -> {
                if (order.whileOpen() == WhileOpen.TRY && (outage == null || !outage.byHand())) {
                    yield create(order, limit);
                }
                throw Refusal.of(name, outage, null, "not tried", ticker.nanos(), deadline);
            }
        };
    }

    private Connection create(ConnectOrder order, Duration limit) throws SQLException {
        return create(order, Permit.FREE, limit, new Leash(), BreakerRoute::toTheCaller);
    }

    /** For a pool's only creator, which a connect that nobody will ever answer would hold until the deadline. */
    private Connection createInCompany(ConnectOrder order, Duration limit) throws SQLException {
        Leash leash = new Leash();
        try {
            desk.keepCompany(order, leash);
            return create(order, Permit.FREE, limit, leash, BreakerRoute::toTheCaller);
        } catch (SQLException e) {
            Connection faster = leash.hasEnded() ? desk.takeSpare(order) : null;
            if (faster == null) {
                throw e;
            }
            return faster;
        } finally {
            desk.leaveCompany(leash);
        }
    }

    private void probe(ConnectOrder order, Permit permit, Duration limit, Consumer<Connection> handOver) {
        try {
            Connection unused = create(order, permit, limit, new Leash(), handOver);
        } catch (SQLException e) {
            // the breaker has been told
        }
    }

    private Connection create(
            ConnectOrder order, Permit permit, Duration limit, Leash leash, Consumer<Connection> handOver)
            throws SQLException {
        long begun = ticker.nanos();
        try {
            Connection connection = creation.connect(order, limit, leash);
            Duration took = Duration.ofNanos(ticker.nanos() - begun);
            handOver(connection, handOver);
            breaker.succeeded(took);
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            breaker.failed(permit, e instanceof ConnectFailure failure ? failure : broken(e, begun));
            throw e;
        }
    }

    private static void toTheCaller(Connection connection) {
        // who gets it as the return value
    }

    private static void handOver(Connection connection, Consumer<Connection> receiver) {
        try {
            receiver.accept(connection);
        } catch (RuntimeException | Error e) {
            OpenedSession.discard(connection);
            throw e;
        }
    }

    /** A fault of ours: says nothing of the server, but a probe must not stay open because of it. */
    private ConnectFailure broken(Throwable fault, long begun) {
        Duration took = Duration.ofNanos(ticker.nanos() - begun);
        return new ConnectFailedException(
                String.valueOf(fault),
                "08001",
                List.of(),
                ConnectPhase.DNS,
                ConnectOutcome.ABANDONED,
                took,
                deadline,
                fault);
    }

    /** The breaker, for the gate and for whoever watches. */
    public CreationBreaker breaker() {
        return breaker;
    }

    /** Somebody above the pool wants a connection though nobody asks for one here: a probe is worth its while. */
    public void ask() {
        desk.ask();
    }

    @Override
    public void close() {
        closed.countDown();
        creation.close();
        desk.close();
    }
}
