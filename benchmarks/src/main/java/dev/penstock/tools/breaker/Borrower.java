package dev.penstock.tools.breaker;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One thread that borrows, asks the server something and gives back, again and again. */
final class Borrower {
    /** Between two borrows: a service that is busy and yet leaves the machine to others. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DataSource dataSource;
    private final Thread thread;
    private final Queue<Call> ended = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Long waitingSince; // written only by the borrower's own thread
    private volatile @Nullable Call latestUsable; // likewise
    private volatile boolean over;

    private Borrower(DataSource dataSource, String name) {
        this.dataSource = dataSource;
        this.thread = new Thread(this::loop, name);
        thread.setDaemon(true);
    }

    static Borrower start(DataSource dataSource, String name) {
        Borrower borrower = new Borrower(dataSource, name);
        borrower.thread.start();
        return borrower;
    }

    private void loop() {
        while (!over) {
            Call call = borrow();
            ended.add(call);
            if (call.usable()) {
                latestUsable = call;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private Call borrow() {
        long begunAt = System.nanoTime();
        waitingSince = begunAt;
        Connection connection;
        try {
            connection = dataSource.getConnection();
        } catch (SQLException | RuntimeException e) {
            return new Call(begunAt, System.nanoTime(), e, null);
        } finally {
            waitingSince = null;
        }
        long endedAt = System.nanoTime();
        return new Call(begunAt, endedAt, null, ask(connection));
    }

    /** A statement, not isValid(): only an exception shows HikariCP that the connection is broken. */
    private static @Nullable Throwable ask(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            boolean unused = statement.execute("select 1");
            return null;
        } catch (SQLException | RuntimeException e) {
            return e;
        }
    }

    /** Whether it has had a usable connection since. */
    boolean servedSince(long instant) {
        Call latest = latestUsable;
        return latest != null && latest.endedAt() - instant > 0;
    }

    /** Ends after the call that is under way. */
    void end() {
        over = true;
        LockSupport.unpark(thread);
    }

    void join(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    /** All calls; one that has not ended yet counts as one that has taken until now. */
    List<Call> calls() {
        Long since = waitingSince;
        List<Call> calls = new ArrayList<>(ended);
        if (since != null) {
            calls.add(new Call(since, System.nanoTime(), new SQLTimeoutException("still waiting"), null));
        }
        return calls;
    }
}
