package dev.penstock.tools.tune;

import dev.penstock.InvalidSettingException;
import dev.penstock.internal.failure.Masking;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import dev.penstock.tools.pools.Versions;
import dev.penstock.tools.tune.load.Backend;
import dev.penstock.tools.tune.load.Control;
import dev.penstock.tools.tune.load.PoolLoad;
import dev.penstock.tools.tune.load.Room;
import dev.penstock.tools.tune.load.SessionPlan;
import dev.penstock.tools.tune.load.Stop;
import dev.penstock.tools.tune.mix.BadMixException;
import dev.penstock.tools.tune.mix.Mix;
import dev.penstock.tools.tune.mix.Trial;
import dev.penstock.tools.tune.report.TuneReport;
import dev.penstock.tools.tune.report.TuneReport.Surroundings;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Load;
import dev.penstock.tools.tune.search.LoadStoppedException;
import dev.penstock.tools.tune.search.SizeSearch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * From the first connection to the last: looks at the server, tries the statements, searches, cleans up. Used by one
 * thread, once.
 */
final class TuneRun {
    private static final int VERSION_PARTS = 10_000;

    private final Target target;
    private final LoadOptions loads;
    private final SearchOptions searches;
    private final LiveLine line;
    private final Stop stop;
    private final Control control;
    private final Room room;
    private final Scratch scratch;
    private final Deadline deadline;
    private final Instant startedAt = Instant.now();
    private final List<String> leftovers = new ArrayList<>();
    private @Nullable LoadStoppedException stopped;

    TuneRun(Target target, LoadOptions loads, SearchOptions searches, LiveLine line, Stop stop) {
        this.target = target;
        this.loads = loads;
        this.searches = searches;
        this.line = line;
        this.stop = stop;
        this.deadline = Deadline.after(Ticker.system(), searches.maxTime());
        this.control = new Control(target.server());
        this.room = new Room(control, searches.reserve());
        this.scratch = new Scratch(control);
    }

    /**
     * All of it; afterwards nothing of ours is on the server, or it was said what is.
     *
     * @param ownMix the user's; null: a built-in one
     * @throws InterruptedException if it was asked to stop
     */
    TuneReport run(@Nullable Mix ownMix) throws Refused, InterruptedException {
        try {
            Room.Now now = look();
            Goal goal = goal(now);
            Mix mix = mix(ownMix, now);
            Findings findings = search(mix, goal);
            return new TuneReport(surroundings(mix, goal, now), findings);
        } finally {
            cleanUp();
        }
    }

    /** Whether the load ended the search because it must not go on. */
    @Nullable LoadStoppedException stopped() {
        return stopped;
    }

    private Room.Now look() throws Refused {
        try {
            Room.Now now = room.now();
            String pooler = now.reading().pooler();
            if (pooler != null) {
                throw new Refused(
                        Refused.BAD_INPUT,
                        "--url must be that of the server itself, but " + pooler
                                + ". Sessions that a pooler lends to others as well cannot be made read-only or limited",
                        null);
            }
            if (now.blind() != null) {
                line.note(now.blind());
            }
            return now;
        } catch (SQLException e) {
            throw new Refused(Refused.BAD_INPUT, "--url cannot be used: " + told(e), e);
        } catch (InvalidSettingException e) {
            throw new Refused(Refused.BAD_INPUT, "--url: " + e.getMessage(), e);
        }
    }

    private Goal goal(Room.Now now) throws Refused {
        Sizes sizes = searches.sizes();
        if (now.most() < sizes.smallest()) {
            throw new Refused(
                    Refused.NOT_MEASURED,
                    "there is no room for a pool of " + sizes.smallest() + ": " + room.explain(now)
                            + "; lower --sizes or --reserve, or wait until others need fewer",
                    null);
        }
        if (now.most() < sizes.largest()) {
            line.note("no more than " + now.most() + " connections are tried: " + room.explain(now));
        }
        return searches.goal(Math.min(sizes.largest(), now.most()));
    }

    private Mix mix(@Nullable Mix ownMix, Room.Now now) throws Refused, InterruptedException {
        try {
            proceed();
            SplittableRandom random = new SplittableRandom();
            String schema = loads.needsTables(target.isEmbedded()) ? scratch.create(random) : null;
            if (target.isEmbedded()) {
                scratch.makeDefault(now.reading().server().role());
            }
            Mix mix = ownMix == null ? loads.builtInMix(schema) : ownMix;
            proceed();
            tryOut(mix, random);
            proceed();
            return mix;
        } catch (BadMixException e) {
            throw new Refused(Refused.BAD_INPUT, e.getMessage(), e);
        } catch (SQLException e) {
            throw new Refused(Refused.NOT_MEASURED, "the server could not be prepared: " + told(e), e);
        }
    }

    private void proceed() throws InterruptedException, Refused {
        if (stop.isRequested()) {
            throw new InterruptedException("asked to stop");
        }
        if (deadline.expired()) {
            throw new Refused(
                    Refused.NOT_MEASURED,
                    "the time was up (--max-time " + searches.maxTime().toMillis()
                            + " ms) before anything was measured: allow more",
                    null);
        }
    }

    private boolean goesOn() {
        return !stop.isRequested() && !deadline.expired();
    }

    private void tryOut(Mix mix, SplittableRandom random) throws BadMixException, SQLException {
        List<Backend> ours = new ArrayList<>();
        try (Connection connection = sessions().connect()) {
            ours.add(control.backend(connection));
            stop.unblockBy(() -> abort(connection));
            new Trial(mix, !writes()).run(connection, random, this::goesOn);
        } finally {
            stop.unblockByNothing();
            control.end(ours);
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // it is closed, which is what is wanted
        }
    }

    private boolean writes() {
        return loads.writes(target.isEmbedded());
    }

    private SessionPlan sessions() {
        return new SessionPlan(target.server(), loads.statementLimit(), !writes());
    }

    private Findings search(Mix mix, Goal goal) {
        PoolLoad load = new PoolLoad(sessions(), mix, loads.plan(), control, room, deadline, line, stop);
        Duration left = Duration.ofNanos(deadline.remainingNanos());
        return new SizeSearch(goal, searches.limits(left), Ticker.system(), line).run(remembering(load));
    }

    private Load remembering(Load load) {
        return (size, effort) -> {
            try {
                return load.measure(size, effort);
            } catch (LoadStoppedException e) {
                stopped = e;
                throw e;
            }
        };
    }

    private void cleanUp() {
        boolean unused = Thread.interrupted(); // whoever was interrupted cleans up all the same
        leftovers.addAll(control.leftovers());
        String dropped = target.isEmbedded() ? null : scratch.drop();
        if (dropped != null) {
            leftovers.add(dropped);
        }
        try {
            control.close();
        } catch (SQLException e) {
            leftovers.add("the control session did not close: " + told(e));
        }
    }

    /** What is left, or was taken away, a sentence each; empty: nothing is left, and there was nothing to take away. */
    List<String> leftovers() {
        return target.isEmbedded() ? List.of() : List.copyOf(leftovers); // that is thrown away as a whole
    }

    private Surroundings surroundings(Mix mix, Goal goal, Room.Now now) {
        int version = now.reading().server().version();
        return new Surroundings(
                target.shown(),
                "PostgreSQL " + version / VERSION_PARTS + "." + version % VERSION_PARTS,
                mix.name(),
                loads.plan().loop(),
                goal.largest() < searches.sizes().largest() ? room.explain(now) : null,
                Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.version") + ", " + System.getProperty("java.vendor"),
                "Penstock " + Versions.of("penstock") + " over HikariCP " + Versions.of("hikari") + ", pgjdbc "
                        + Versions.of("pgjdbc"),
                startedAt,
                Duration.between(startedAt, Instant.now()));
    }

    private static String told(SQLException failure) {
        return Masking.mask(failure.getMessage()) + " (SQLState " + failure.getSQLState() + ")";
    }
}
