package dev.penstock.internal.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.SessionLimit;
import dev.penstock.SessionSettings;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.session.CancelOutcome;
import dev.penstock.internal.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Sessions, their drivers, their borrowers and a server on virtual time, and a model of what may be enforced, and what
 * must be. Cancel requests take their time and end as the script has it.
 */
final class WatchWorld implements PenstockListener {
    static final Duration TICK = Duration.ofMillis(50);
    static final Duration GRACE = Duration.ofSeconds(1);

    /** A look comes with the next tick, and what follows it with one of the next. */
    private static final long SLACK = TICK.multipliedBy(3).toNanos();

    private static final int SESSIONS = 3;

    private final AtomicLong now = new AtomicLong(1_000_000_007L);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Sent> script = new ArrayDeque<>();
    private final Limits usual;
    private final Watchdog watchdog;
    private final List<Player> players = new ArrayList<>();
    private final Map<Integer, Player> everybody = new HashMap<>();
    private long freshUntil = Long.MIN_VALUE;
    private boolean workersAreStuck;
    private int pids;
    private long delivered;
    private long failed;
    private long aborted;

    /**
     * What becomes of a cancel request.
     *
     * @param helps whether the statement ends because of it
     */
    record Sent(CancelOutcome outcome, Duration takes, boolean helps) {}

    WatchWorld(Consumer<SessionSettings.Builder> limits) {
        PenstockConfig config = PenstockConfig.builder()
                .session(session -> limits.accept(session.grace(GRACE)))
                .build();
        usual = Limits.of(config.session().timeouts());
        watchdog = new Watchdog(
                "world", config.session(), new Listeners(List.of(this)), tasks::add, this::cancel, now::get, null);
        for (int i = 0; i < SESSIONS; i++) {
            players.add(opened());
        }
        watchdog.sweep(now.get());
    }

    private Player opened() {
        Player player = new Player(++pids, now, usual);
        everybody.put(pids, player);
        watchdog.opened(player.session);
        return player;
    }

    // ---- what happens ---------------------------------------------------------------------------

    /** Which is used; whoever finds his session over has another. */
    private Player player(int which) {
        int i = which % SESSIONS;
        if (players.get(i).isOver() || players.get(i).closed) {
            players.set(i, opened());
        }
        return players.get(i);
    }

    void asks(int which, boolean autoCommit, boolean getsStuck) {
        player(which).asks(autoCommit, getsStuck);
    }

    void hears(int which) {
        player(which).hears();
    }

    void goesOn(int which) {
        player(which).goesOn();
    }

    void answers(int which, boolean inTransaction) {
        player(which).answers(inTransaction);
    }

    void borrows(int which, Limits own) {
        Player player = player(which);
        if (!player.isOnLoan() && player.isFree()) {
            player.isLent(own.isNone() ? null : own);
            watchdog.hurry(player.session); // as the desk does for limits of their own
        }
    }

    void borrowsWithoutLimits(int which) {
        Player player = player(which);
        if (!player.isOnLoan() && player.isFree()) {
            player.isLent(Limits.NONE);
            watchdog.hurry(player.session);
        }
    }

    /** Waits while it is held, as the desk does. */
    void givesBackAndBorrows(int which) {
        Player player = player(which);
        if (player.isOnLoan() && player.isFree() && player.isIdle()) {
            player.isReturned();
            player.isLent(null);
        }
    }

    void givesBack(int which) {
        Player player = player(which);
        if (player.isOnLoan() && player.isFree() && player.isIdle()) {
            player.isReturned();
        }
    }

    void closes(int which) {
        player(which).closed = true;
    }

    void next(Sent sent) {
        script.add(sent);
    }

    /** No thread is to be had. */
    void workersAreStuck(boolean stuck) {
        workersAreStuck = stuck;
    }

    void pass(Duration time) {
        for (long left = time.toNanos(); left > 0; left -= TICK.toNanos()) {
            now.addAndGet(TICK.toNanos());
            sweep();
            if (!workersAreStuck) {
                runTasks();
            }
            players.forEach(this::nothingIsOverdue);
        }
    }

    void standsStill(Duration time) {
        for (Player player : players) {
            player.wasBeingCancelled |= player.isEndedOf(GRACE.dividedBy(4).toNanos());
        }
        now.addAndGet(time.toNanos());
        freshUntil = now.get() + GRACE.toNanos();
        watchdog.stoodStill(now.get());
        sweep();
    }

    private void sweep() {
        watchdog.sweep(now.get());
        everybody.values().forEach(this::mayHaveBeenEnded);
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
            everybody.values().forEach(this::mayHaveBeenEnded);
        }
    }

    private CancelOutcome cancel(Session session) throws SQLException {
        Player player = everybody.get(session.backendPid());
        assertThat(player).isNotNull();
        if (player.closed) {
            failed++;
            throw new SQLException("This connection has been closed.", "08003"); // as the driver
        }
        assertThat(player.isEndedOf(GRACE.dividedBy(4).toNanos()))
                .as("whether what is cancelled has been waiting for too long: %s", player)
                .isTrue();
        if (!player.wasBeingCancelled) {
            assertThat(now.get()).as("time of a cancel").isGreaterThanOrEqualTo(freshUntil);
        }
        Sent sent = script.poll();
        if (sent == null) {
            failed++;
            return CancelOutcome.NOT_SENT;
        }
        if (sent.helps) {
            player.answers(player.inTransaction);
        }
        pass(sent.takes);
        if (sent.outcome == CancelOutcome.DELIVERED) {
            delivered++;
            player.delivered++;
            player.deliveredAt = now.get();
        } else {
            failed++;
        }
        player.lost |= sent.outcome == CancelOutcome.LOST;
        return sent.outcome;
    }

    // ---- what must be so ------------------------------------------------------------------------

    private void mayHaveBeenEnded(Player player) {
        if (!player.isOver() || player.endSeen) {
            return;
        }
        player.endSeen = true;
        aborted++;
        if (player.lost) {
            return;
        }
        assertThat(player.isEndedOf(GRACE.toNanos()))
                .as("whether what was ended had taken too long: %s", player)
                .isTrue();
        assertThat(now.get()).as("time of an end").isGreaterThanOrEqualTo(freshUntil);
    }

    private void nothingIsOverdue(Player player) {
        // then there is a cancel request once more, which has its time
        if (player.isOver() || player.closed || now.get() < freshUntil + GRACE.toNanos() + SLACK) {
            return;
        }
        for (SessionLimit limit : SessionLimit.values()) {
            assertThat(player.isOverdue(limit, GRACE.toNanos() + SLACK))
                    .as("%s is enforced in time on %s", limit, player)
                    .isFalse();
        }
    }

    @Override
    public void timeoutEnforced(TimeoutEnforced event) {
        Player player = everybody.get(event.backendPid());
        assertThat(player).isNotNull();
        assertThat(event.took()).isGreaterThan(event.value());
        switch (event.by()) {
            case CANCELLED -> player.toldCancelled++;
            case ABORTED -> player.toldAborted++;
        }
    }

    /** After some time in which nobody does anything. */
    void everythingWasTold() {
        workersAreStuck = false;
        pass(GRACE.multipliedBy(2));
        runTasks();
        for (Player player : everybody.values()) {
            assertThat(player.toldAborted).as("told of %s", player).isEqualTo(player.isOver() ? 1 : 0);
            if (player.isOver() || player.isIdle()) {
                // an end that comes while it is not yet known whether the cancel has helped says it all
                boolean isNews = now.get() - player.deliveredAt < SLACK;
                assertThat(player.delivered - player.toldCancelled)
                        .as("not told of %s", player)
                        .isBetween(0L, player.isOver() || isNews ? 1L : 0L);
            }
        }
        assertThat(watchdog.cancelsDelivered()).isEqualTo(delivered);
        assertThat(watchdog.cancelsFailed()).isEqualTo(failed);
        assertThat(count(Enforcement.ABORTED)).isEqualTo(aborted);
        assertThat(count(Enforcement.CANCELLED))
                .isEqualTo(everybody.values().stream()
                        .mapToLong(player -> player.toldCancelled)
                        .sum());
    }

    private long count(Enforcement by) {
        long sum = 0;
        for (SessionLimit limit : SessionLimit.values()) {
            sum += watchdog.enforced(by, limit);
        }
        return sum;
    }
}
