package dev.penstock.internal.wiring;

import dev.penstock.PenstockConfig;
import dev.penstock.PenstockListener;
import dev.penstock.internal.connect.ConnectRoute;
import dev.penstock.internal.connect.Workers;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.events.LogListener;
import dev.penstock.internal.events.Notices;
import dev.penstock.internal.lease.LeaseDesk;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.server.ServerLine;
import dev.penstock.internal.session.Drivers;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.time.Ticker;
import dev.penstock.internal.watchdog.Watchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What one connector consists of, in the order in which it is built: each part knows those before it only.
 *
 * @param ticker the time, for all of them
 * @param listeners told what happens; nobody while Penstock is off
 * @param watchdog the second line: the client holds sessions to their limits
 * @param sessions of every connection that was handed out; empty while neither leases nor limits are watched
 * @param firstLine the server holds them to these
 * @param way down to a connection
 * @param desks leases of the pools above, as they come; closed with the connector, in case nobody closes the gate: a
 *     thread looks after them
 */
public record Parts(
        Ticker ticker,
        Listeners listeners,
        Watchdog watchdog,
        Sessions sessions,
        FirstLine firstLine,
        Way way,
        List<LeaseDesk> desks)
        implements AutoCloseable {
    /** Puts them together. Nothing is connected, and no thread started. */
    public static Parts of(Blueprint plan) {
        PenstockConfig config = plan.config();
        Ticker ticker = Ticker.system();
        Listeners listeners = listeners(config);
        Watchdog watchdog = new Watchdog(plan.name(), config.session(), listeners, Workers::run, ticker);
        if (config.enabled() && watchdog.hasLimits() && !Drivers.tellCopies()) {
            Notices.copiesNotSeen(plan.name());
        }
        Sessions sessions = new Sessions(plan.target().forReplication() ? session -> {} : watchdog::opened);
        FirstLine firstLine = config.enabled() ? firstLine(plan, listeners) : FirstLine.OFF;
        Sessions known = plan.isWatched() ? sessions : null;
        Way way = config.enabled() ? way(plan, listeners, ticker, firstLine, known) : Way.plain(plan);
        return new Parts(ticker, listeners, watchdog, sessions, firstLine, way, new CopyOnWriteArrayList<>());
    }

    /** The log and those of this configuration; nobody while Penstock is off. */
    public static Listeners listeners(PenstockConfig config) {
        return new Listeners(config.enabled() ? toTell(config) : List.of());
    }

    private static List<PenstockListener> toTell(PenstockConfig config) {
        List<PenstockListener> all = new ArrayList<>();
        all.add(new LogListener());
        all.addAll(config.listeners());
        return all;
    }

    private static FirstLine firstLine(Blueprint plan, Listeners listeners) {
        return ServerLine.of(
                plan.name(), plan.config().session(), plan.target().forReplication(), listeners, Workers::run);
    }

    private static Way way(
            Blueprint plan, Listeners listeners, Ticker ticker, FirstLine firstLine, @Nullable Sessions known) {
        ConnectRoute connects =
                new ConnectRoute(plan.name(), plan.target(), plan.config(), listeners, ticker, firstLine, known);
        return Way.over(connects, plan, listeners);
    }

    /**
     * From the top down, but for the leases: first nothing more is made, then nobody looks at what is on loan, and last
     * nobody holds it to limits. Idempotent.
     */
    @Override
    public void close() {
        way.route().close();
        desks.forEach(LeaseDesk::close);
        watchdog.close();
    }
}
