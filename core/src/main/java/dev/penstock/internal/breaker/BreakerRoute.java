package dev.penstock.internal.breaker;

import dev.penstock.ConnectFailedException;
import dev.penstock.ConnectFailure;
import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.internal.connect.ConnectOrder;
import dev.penstock.internal.connect.Creation;
import dev.penstock.internal.connect.Route;
import dev.penstock.internal.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The stage above the connect: asks the breaker, and tells it how it went. While it is open a pool's creator
 * is kept waiting for the first good connection and everybody else is refused at once; after an outage
 * connections are made slowly at first. Thread-safe.
 */
public final class BreakerRoute implements Route {
    private final String name;
    private final CreationBreaker breaker;
    private final Creation creation;
    private final Duration deadline;
    private final Ticker ticker;
    private final ProbeDesk desk;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Over the stage below, whose connects get {@code deadline}. */
    public BreakerRoute(String name, CreationBreaker breaker, Creation creation, Duration deadline, Ticker ticker) {
        this.name = name;
        this.breaker = breaker;
        this.creation = creation;
        this.deadline = deadline;
        this.ticker = ticker;
        this.desk = new ProbeDesk(breaker, ticker, this::probe);
        breaker.onChange(desk::breakerChanged);
    }

    @Override
    public Connection connect(ConnectOrder order) throws SQLException {
        desk.remember(order);
        while (closed.getCount() > 0) {
            Connection spare = desk.takeSpare(order);
            if (spare != null) {
                return spare;
            }
            Outage outage = breaker.outage();
            if (outage == null || !order.mayWait()) {
                return tryNow(order);
            }
            ProbeDesk.Answer answer = await(order, outage);
            if (answer.connection() != null) {
                return answer.connection();
            } else if (!answer.mayLookAgain()) {
                return tryNow(order);
            }
        }
        return creation.connect(order, deadline); // which says that it is closed
    }

    private ProbeDesk.Answer await(ConnectOrder order, Outage outage) throws SQLException {
        try {
            return desk.await(order);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(outage, ConnectOutcome.ABANDONED, "the calling thread was interrupted while it waited");
        }
    }

    private Connection tryNow(ConnectOrder order) throws SQLException {
        Admission admission = breaker.admit();
        Outage outage = breaker.outage();
        return switch (admission) {
            case FREE -> {
                waitForTurn();
                yield create(order, admission, deadline);
            }
            case PROBE -> create(order, admission, breaker.probeLimit(deadline));
            case REFUSED -> throw refused(outage, null, "not tried"); // who comes when a probe is due makes it
        };
    }

    /** After an outage; the end of the connector ends it. */
    private void waitForTurn() {
        long nanos = breaker.takePlace();
        if (nanos > 0) {
            try {
                boolean unused = closed.await(nanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the connect that follows ends at once and says why
            }
        }
    }

    private @Nullable Connection probe(ConnectOrder order) {
        if (breaker.admit() != Admission.PROBE) {
            return null;
        }
        try {
            return create(order, Admission.PROBE, breaker.probeLimit(deadline));
        } catch (SQLException e) {
            return null; // the breaker has been told
        }
    }

    private Connection create(ConnectOrder order, Admission admission, Duration limit) throws SQLException {
        long begun = ticker.nanos();
        try {
            Connection connection = creation.connect(order, limit);
            breaker.succeeded(Duration.ofNanos(ticker.nanos() - begun));
            return connection;
        } catch (SQLException | RuntimeException | Error e) {
            breaker.failed(admission, e instanceof ConnectFailure failure ? failure : broken(e, begun));
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

    private ConnectFailedException refused(@Nullable Outage outage, @Nullable ConnectOutcome outcome, String why) {
        return Refusal.of(name, outage, outcome, why, ticker.nanos(), deadline);
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
