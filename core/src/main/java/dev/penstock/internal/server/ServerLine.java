package dev.penstock.internal.server;

import dev.penstock.LimitsInForce;
import dev.penstock.PenstockListener.LimitsNotInForce;
import dev.penstock.PoolerMode;
import dev.penstock.SessionSettings;
import dev.penstock.internal.events.Announcer;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.events.Notices;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The first line of one connector. The first session on a server is opened plain; one round trip then sets the limits,
 * where that reaches nobody else, and reads them back. Later sessions have them in the startup packet, without a round
 * trip more; the first of these and one in a hundred are read back.
 *
 * <p>No lock is held while a server is spoken to: sessions that are opened side by side learn side by side.
 */
public final class ServerLine implements FirstLine {
    private final String name;
    private final PoolerMode mode;
    private final Wanted wanted;
    private final boolean replication;
    private final Listeners listeners;
    private final Announcer announcer;
    private final ServerBook book = new ServerBook();
    private final LongAdder notInForce = new LongAdder();
    private final AtomicBoolean hinted = new AtomicBoolean();

    private ServerLine(
            String name, PoolerMode mode, Wanted wanted, boolean replication, Listeners listeners, Executor executor) {
        this.name = name;
        this.mode = mode;
        this.wanted = wanted;
        this.replication = replication;
        this.listeners = listeners;
        this.announcer = new Announcer(executor);
    }

    /**
     * Of a connector; {@link #OFF} if nothing is set.
     *
     * @param replication whether its connections are for replication: these take no statements at all, or some only
     * @param executor on which listeners are told
     */
    public static FirstLine of(
            String name, SessionSettings settings, boolean replication, Listeners listeners, Executor executor) {
        Wanted wanted = Wanted.of(settings);
        return wanted.isEmpty()
                ? OFF
                : new ServerLine(name, settings.pooler(), wanted, replication, listeners, executor);
    }

    @Override
    public Served open(String server, Dial dial) throws SQLException {
        ServerFile file = book.of(server);
        ServerFile.Plan plan = file.plan();
        String options = plan.known() == null ? null : plan.known().options();
        String refusal = null;
        Connection connection;
        try {
            connection = dial.connect(options);
        } catch (SQLException e) {
            refusal = options == null ? null : Refusal.of(e);
            if (refusal == null) {
                throw e;
            }
            connection = dial.connect(null);
        }
        return settled(connection, file, plan, refusal);
    }

    private Served settled(Connection connection, ServerFile file, ServerFile.Plan plan, @Nullable String refusal)
            throws SQLException {
        try {
            BaseConnection session = connection.unwrap(BaseConnection.class);
            return new Served(connection, settle(session, file, plan, refusal).side());
        } catch (SQLException | RuntimeException e) {
            discard(connection);
            throw e;
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException ignored) {
            // it is broken already, and its socket is closed by whoever dialled it
        }
    }

    private Knowledge settle(BaseConnection session, ServerFile file, ServerFile.Plan plan, @Nullable String refusal)
            throws SQLException {
        String version = String.valueOf(session.getParameterStatus("server_version"));
        Knowledge known = plan.known();
        if (known == null || !known.version().equals(version)) {
            return learn(session, file, version, null); // what another version has refused, this one may take
        }
        if (refusal != null) {
            return learn(session, file, version, refusal);
        }
        return switch (known.means()) {
            case NONE -> plan.look() ? learn(session, file, version, known.noOptions()) : known;
            case SETS ->
                plan.look()
                        ? learn(session, file, version, known.stillNoOptions())
                        : set(session, known) ? known : learn(session, file, version, known.noOptions());
            case OPTIONS -> plan.look() ? check(session, file, known) : known;
        };
    }

    /** False: it has not been set, whyever. */
    private boolean set(BaseConnection session, Knowledge known) throws SQLException {
        try {
            return new Inquiry(session, mode).set(known.wanted());
        } catch (SQLException e) {
            throwIfOver(session, e);
            return false;
        }
    }

    private static void throwIfOver(BaseConnection session, SQLException failure) throws SQLException {
        if (session.isClosed()) {
            throw failure;
        }
    }

    // ---- learning -----------------------------------------------------------------------------

    private Knowledge learn(BaseConnection session, ServerFile file, String version, @Nullable String noOptions)
            throws SQLException {
        if (replication) {
            return noteUnanswered(file, version, PoolerMode.AUTO, noOptions, Findings.replication());
        }
        return learn(session, file, version, wanted, noOptions);
    }

    private Knowledge learn(
            BaseConnection session, ServerFile file, String version, Wanted some, @Nullable String noOptions)
            throws SQLException {
        Inquiry.Answer answer;
        try {
            answer = new Inquiry(session, mode).setAndLook(some);
        } catch (SQLException e) {
            throwIfOver(session, e);
            Wanted less = some.withoutClientCheck();
            if (less.all().size() < some.all().size() && Refusal.of(e) != null) {
                return learn(session, file, version, less, noOptions); // not on this platform
            }
            return noteUnanswered(
                    file, version, PoolerMode.TRANSACTION, noOptions, Findings.notAsked(e.getSQLState(), wanted));
        }
        return note(file, understood(session, version, answer, some, noOptions));
    }

    private Knowledge understood(
            BaseConnection session, String version, Inquiry.Answer answer, Wanted some, @Nullable String noOptions) {
        PoolerMode pooler = pooler(answer.set());
        boolean everyTime = pooler == PoolerMode.SESSION || noOptions != null;
        Means means = !answer.set() ? Means.NONE : everyTime ? Means.SETS : Means.OPTIONS;
        Finding finding = Findings.of(pooler, mode, session.getBackendPID(), answer.look(), wanted, noOptions);
        return new Knowledge(version, pooler, means, some, answer.look(), noOptions, finding);
    }

    private PoolerMode pooler(boolean set) {
        if (!set) {
            return PoolerMode.TRANSACTION;
        }
        return mode == PoolerMode.SESSION ? PoolerMode.SESSION : PoolerMode.NONE;
    }

    /** Whether sessions have what was in their startup packet. */
    private Knowledge check(BaseConnection session, ServerFile file, Knowledge known) throws SQLException {
        Inquiry inquiry = new Inquiry(session, mode);
        Look look;
        try {
            look = inquiry.look();
        } catch (SQLException e) {
            throwIfOver(session, e);
            return known; // the next sample will tell
        }
        if (mode == PoolerMode.AUTO && !inquiry.isServedBy(look)) {
            return note(file, understood(session, known.version(), new Inquiry.Answer(false, look), wanted, null));
        }
        if (known.wanted().all().stream().allMatch(asked -> look.has(asked) || !asked.isKnownTo(look.versionNum()))) {
            Inquiry.Answer asBefore = new Inquiry.Answer(true, look);
            return note(file, understood(session, known.version(), asBefore, known.wanted(), null));
        }
        tell(file, known, Findings.overridden(look, known.wanted()));
        return learn(session, file, known.version(), Knowledge.OVERRIDDEN);
    }

    private Knowledge noteUnanswered(
            ServerFile file, String version, PoolerMode pooler, @Nullable String noOptions, Finding finding) {
        return note(file, new Knowledge(version, pooler, Means.NONE, wanted, null, noOptions, finding));
    }

    private Knowledge note(ServerFile file, Knowledge now) {
        file.learned(now);
        Finding finding = now.finding();
        if (finding != null && finding.lacks()) {
            tell(file, now, finding);
            hint(now);
        } else {
            file.lacksNothing();
        }
        return now;
    }

    // ---- telling ------------------------------------------------------------------------------

    private void tell(ServerFile file, Knowledge known, Finding finding) {
        if (file.isNews(finding)) {
            LimitsInForce report = known.with(finding).report(file.server(), wanted);
            announcer.add(() -> listeners.tell(l -> l.limitsNotInForce(new LimitsNotInForce(name, report))));
            announcer.flush();
        }
    }

    private void hint(Knowledge now) {
        Look look = now.look();
        if (now.pooler() != PoolerMode.TRANSACTION || look == null) {
            return;
        }
        String statements = RoleDefaults.statements(look.user(), wanted, look.versionNum());
        if (!statements.isEmpty() && hinted.compareAndSet(false, true)) {
            announcer.add(() -> Notices.behindPooler(name, statements));
            announcer.flush();
        }
    }

    @Override
    public void handedOut(ServerSide side) {
        if (!side.complete()) {
            notInForce.increment();
        }
    }

    @Override
    public List<LimitsInForce> inForce() {
        List<LimitsInForce> reports = new ArrayList<>();
        for (ServerFile file : book.all()) {
            Knowledge known = file.known();
            if (known != null) {
                reports.add(known.report(file.server(), wanted));
            }
        }
        return List.copyOf(reports);
    }

    @Override
    public long notInForce() {
        return notInForce.sum();
    }
}
