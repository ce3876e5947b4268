package dev.penstock.internal.connect;

import dev.penstock.ConnectAttempt;
import dev.penstock.ConnectSettings;
import dev.penstock.ConnectTest;
import dev.penstock.Credentials;
import dev.penstock.CredentialsSupplier;
import dev.penstock.KnownAddress;
import dev.penstock.PenstockConfig;
import dev.penstock.internal.events.Listeners;
import dev.penstock.internal.failure.FailedConnect;
import dev.penstock.internal.race.RaceRules;
import dev.penstock.internal.resolve.BoundedResolver;
import dev.penstock.internal.resolve.LastGoodAnswers;
import dev.penstock.internal.server.FirstLine;
import dev.penstock.internal.session.LingeringCancels;
import dev.penstock.internal.session.OpenedSession;
import dev.penstock.internal.session.Session;
import dev.penstock.internal.session.SessionOpener;
import dev.penstock.internal.session.Sessions;
import dev.penstock.internal.session.SocketSource;
import dev.penstock.internal.target.ConnectTarget;
import dev.penstock.internal.target.ServerRole;
import dev.penstock.internal.time.Deadline;
import dev.penstock.internal.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The stages of one connector, wired once: resolve, order, race, open session. Each connect is a {@link
 * ConnectRun} over it. Thread-safe.
 */
public final class ConnectRoute implements Creation {
    final String name;
    final ConnectTarget target;
    final ConnectSettings settings;
    final Duration cancelLimit;
    final LingeringCancels lingering = new LingeringCancels();
    final Listeners listeners;
    final Ticker ticker;
    final RaceRules rules;
    final BoundedResolver resolver;
    final LastGoodAnswers lastAnswers;
    final Memory memory;
    final SessionOpener opener;
    final Dialers dialers;
    final FirstLine firstLine;
    final @Nullable CredentialsDesk credentials;

    /** Null if nobody looks sessions up. */
    private final @Nullable Sessions sessions;

    private final AtomicLong connects = new AtomicLong();
    private final Set<ConnectRun> underWay = ConcurrentHashMap.newKeySet();
    private final Set<TestRun> tests = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Nothing is connected or started before {@link #connect}.
     *
     * @param firstLine what sets limits on the server
     * @param sessions where each session is found from its hand-over on; null: nowhere
     */
    public ConnectRoute(
            String name,
            ConnectTarget target,
            PenstockConfig config,
            Listeners listeners,
            Ticker ticker,
            FirstLine firstLine,
            @Nullable Sessions sessions) {
        this.name = name;
        this.target = target;
        this.settings = config.connect();
        this.cancelLimit = config.session().cancelLimit();
        this.listeners = listeners;
        this.ticker = ticker;
        this.firstLine = firstLine;
        this.sessions = sessions;
        this.rules = RaceRules.of(
                settings.racing(), settings.attemptDelay(), settings.maxParallelSessions(), settings.dnsPatience());
        this.resolver = new BoundedResolver(settings.resolver());
        this.lastAnswers = new LastGoodAnswers(ticker);
        this.memory = new Memory(target, ticker);
        this.opener = new SessionOpener(target, settings);
        this.dialers = new Dialers(target, ticker);
        CredentialsSupplier supplier = settings.credentials();
        this.credentials = supplier == null ? null : new CredentialsDesk(supplier, ticker);
    }

    @Override
    public Connection connect(ConnectOrder order, Duration limit, Leash leash) throws SQLException {
        Deadline deadline = Deadline.after(ticker, limit);
        ConnectRun run = new ConnectRun(this, connects.incrementAndGet(), deadline);
        underWay.add(run);
        try {
            if (closed) {
                run.abandon("the connector is closed");
            }
            leash.hold(run::abandon);
            return run.get(order);
        } finally {
            underWay.remove(run);
        }
    }

    /**
     * Tries every address of every host, beside the connects and without a trace in what they have learned.
     *
     * @param given user and password of this test, null for those of the URL and properties
     * @throws SQLException if the connector is closed
     */
    public ConnectTest test(@Nullable Credentials given, Duration limit) throws SQLException {
        TestRun run = new TestRun(this, Deadline.after(ticker, limit));
        tests.add(run);
        try {
            if (closed) {
                throw new SQLNonTransientConnectionException("the connector is closed", "08003");
            }
            return run.get(given);
        } finally {
            tests.remove(run);
        }
    }

    /** What is known of addresses, in the order in which they would be tried now; nothing is looked up. */
    public List<KnownAddress> addresses() {
        return memory.known(lastAnswers);
    }

    @Override
    public void close() {
        closed = true;
        lingering.close();
        tests.forEach(test -> test.abandon("the connector was closed"));
        underWay.forEach(run -> run.abandon("the connector was closed"));
    }

    /** The session goes to whoever asked for it. */
    void handOut(OpenedSession opened, SocketSource source, @Nullable String address) {
        firstLine.handedOut(opened.side());
        if (sessions != null && opened.connection() instanceof BaseConnection connection) {
            sessions.add(connection, new Session(connection, source.rawSocket(), address, source, opened.side()));
        }
    }

    FailedConnect failed(List<ConnectAttempt> attempts, Deadline deadline, boolean expired, @Nullable String why) {
        String role = target.targetRole() == ServerRole.ANY ? "" : " (targetServerType " + target.targetRole() + ")";
        boolean isWhole = deadline.limit().compareTo(settings.deadline()) >= 0;
        String limitName = isWhole ? "connect.deadline" : "limit of this try";
        return new FailedConnect(
                name, target.describe(), role, attempts, deadline.elapsed(), deadline.limit(), limitName, expired, why);
    }
}
