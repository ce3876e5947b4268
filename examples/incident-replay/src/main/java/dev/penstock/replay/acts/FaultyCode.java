package dev.penstock.replay.acts;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.replay.pools.Phases;
import dev.penstock.replay.pools.Pools;
import dev.penstock.replay.pools.Side;
import dev.penstock.replay.report.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The same code at fault over several pools, all of which are borrowed from all the time: all is well, then it does
 * over and over what it should not, then no more. For one thread.
 */
final class FaultyCode implements AutoCloseable {
    static final int BORROWERS = 20;

    private static final Duration HEALTHY = Duration.ofSeconds(1);

    /** What was done last is mended by then. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private final PostgresServer server;
    private final List<Side> sides = new ArrayList<>();

    FaultyCode(PostgresServer server) {
        this.server = server;
    }

    /** What it does. */
    interface Fault {
        /** When it begins, on each side. */
        default void begin(Side side) throws SQLException, InterruptedException {}

        /** Again, on each side. */
        void goOn(Side side);
    }

    /**
     * How often it does that, and what is said of it.
     *
     * @param begins the note when it begins
     * @param meanwhile what is shown while it goes on
     * @param ends the note when it ends
     * @param afterwards what is shown then
     */
    record Course(int times, Duration every, String begins, String meanwhile, String ends, String afterwards) {}

    /** One more pool with its borrowers. */
    Side open(Pools.Kind kind) {
        Side side = Side.open(server, kind, BORROWERS);
        sides.add(side);
        return side;
    }

    /** Returns when it is over; the borrowers go on. */
    Phases play(Fault fault, Course course, Progress progress) throws InterruptedException, SQLException {
        Side[] all = sides.toArray(new Side[0]);
        Watch.untilServing(all);

        long start = System.nanoTime();
        progress.note("two pools of " + Pools.SIZE + ", " + BORROWERS + " borrowers each; all is well");
        Watch.over(HEALTHY, "healthy", progress, all);
        long faulty = System.nanoTime();
        progress.note(course.begins());
        for (Side side : sides) {
            fault.begin(side);
        }
        for (int i = 0; i < course.times(); i++) {
            sides.forEach(fault::goOn);
            Watch.over(course.every(), course.meanwhile(), progress, all);
        }
        long mended = System.nanoTime();
        progress.note(course.ends());
        Watch.over(AFTERWARDS, course.afterwards(), progress, all);
        return new Phases(start, faulty, mended, System.nanoTime());
    }

    @Override
    public void close() {
        sides.forEach(Side::close);
        sides.clear();
    }
}
