package dev.penstock.tools.tune.load;

import dev.penstock.internal.time.Deadline;
import dev.penstock.tools.tune.load.LoadListener.Phase;
import dev.penstock.tools.tune.mix.Mix;
import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.Load;
import dev.penstock.tools.tune.search.LoadStoppedException;
import dev.penstock.tools.tune.search.Measured;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Work for a real server, through pools of Penstock's over HikariCP.
 *
 * <p>For each measurement a pool is opened and filled, after a look at whether the server has room for it, and closed
 * again; what is left of its sessions is ended. Waiting is from the moment a unit of work is due to the moment it has
 * its connection, service until the connection is given back.
 */
public final class PoolLoad implements Load {
    /** A session that nobody closes, because the network is gone, is ended by the server after that and the effort. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final SessionPlan sessions;
    private final Mix mix;
    private final LoadPlan plan;
    private final Control control;
    private final Room room;
    private final Deadline deadline;
    private final LoadListener listener;
    private final Stop stop;

    /**
     * Nothing is connected before the first measurement.
     *
     * @param deadline a measurement that is not through by then is broken off
     */
    public PoolLoad(
            SessionPlan sessions,
            Mix mix,
            LoadPlan plan,
            Control control,
            Room room,
            Deadline deadline,
            LoadListener listener,
            Stop stop) {
        this.sessions = sessions;
        this.mix = mix;
        this.plan = plan;
        this.control = control;
        this.room = room;
        this.deadline = deadline;
        this.listener = listener;
        this.stop = stop;
    }

    @Override
    public Measured measure(int size, Effort effort) throws InterruptedException, LoadStoppedException {
        if (stop.isRequested()) {
            throw new InterruptedException("asked to stop");
        }
        room.require(size);
        listener.at(size, Phase.FILLING, Duration.ZERO, 0);
        List<Backend> ours = new ArrayList<>();
        try (FilledPool pool = FilledPool.open(sessions, size, IDLE.plus(effort.total()))) {
            pool.fill(connection -> ours.add(control.backend(connection)), deadline, stop, listener);
            Run run = new Run(size, pool, mix, plan, effort, sessions.statementLimit(), deadline, listener, stop);
            return run.measure(BackendCpu.of(ours));
        } catch (SQLException e) {
            throw Trouble.stopped("while " + size + " connections were opened", e);
        } finally {
            control.end(ours); // the pool is closed by now
        }
    }
}
