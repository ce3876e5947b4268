package dev.penstock.lab.pgbouncer;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes a {@link PgBouncer}. Not thread-safe. */
public final class PgBouncerBuilder {
    private final String serverHost;
    private final int serverPort;
    private final String database;
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    PgBouncerBuilder(PostgresServer server) {
        this(server.host(), server.port(), server.database(), server.user(), server.password());
    }

    PgBouncerBuilder(String serverHost, int serverPort, String database, String user, String password) {
        this.serverHost = serverHost;
        this.serverPort = serverPort;
        this.database = database;
        users.put(user, password);
        settings.put("auth_type", "trust");
        settings.put("admin_users", user);
        settings.put("unix_socket_dir", "");
        settings.put("max_client_conn", "1000");
        poolMode(PoolMode.TRANSACTION);
        ignoreStartupParameters("extra_float_digits");
    }

    /** Default: {@link PoolMode#TRANSACTION}. */
    public PgBouncerBuilder poolMode(PoolMode mode) {
        return setting("pool_mode", mode.word());
    }

    /** Server connections per database and user, 1 or more; PgBouncer's own default is 20. */
    public PgBouncerBuilder defaultPoolSize(int connections) {
        if (connections < 1) {
            throw new IllegalArgumentException("defaultPoolSize must be 1 or more, but was " + connections);
        }
        return setting("default_pool_size", Integer.toString(connections));
    }

    /**
     * Startup parameters that are accepted and not passed on, instead of what was there before. The default is
     * {@code extra_float_digits}, without which many a driver cannot connect; {@code options} is what else is usually
     * ignored. None: every unknown parameter is refused.
     */
    public PgBouncerBuilder ignoreStartupParameters(String... names) {
        return setting("ignore_startup_parameters", String.join(",", names));
    }

    /**
     * Another role that may come, with the password by which PgBouncer logs on to the server on its behalf; it asks
     * the client for none.
     */
    public PgBouncerBuilder user(String name, String password) {
        users.put(name, password);
        return this;
    }

    /** One setting of {@code pgbouncer.ini}, section {@code [pgbouncer]}, for example {@code server_reset_query}. */
    public PgBouncerBuilder setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /**
     * Starts it with a file of somebody else's instead of any settings: only where it listens and the file of users
     * are replaced. If that asks clients for a password, it is the one of {@link PgBouncer#credentials()}.
     *
     * @param file text of a {@code pgbouncer.ini} whose last section is {@code [pgbouncer]}
     */
    public PgBouncer startWith(String file) {
        return PgBouncer.start(
                database,
                users,
                Loopback.freePort(),
                (port, usersFile) -> file
                        + "\nlisten_addr = 127.0.0.1\nlisten_port = " + port + "\nunix_socket_dir =\nauth_file = "
                        + usersFile
                        + "\n");
    }

    /**
     * Starts it on a free port of 127.0.0.1 and returns when it answers.
     *
     * @throws IllegalStateException when it is not installed, or does not start; the message says which
     */
    public PgBouncer start() {
        return start(this::ini);
    }

    /**
     * The same with a file of the caller's: of what is set here the users count, and nothing else.
     *
     * @throws IllegalStateException when it is not installed, or does not start; the message says which
     */
    public PgBouncer start(PgBouncer.Ini file) {
        return PgBouncer.start(database, users, Loopback.freePort(), file);
    }

    private String ini(int port, String usersFile) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addr", "127.0.0.1");
        all.put("listen_port", Integer.toString(port));
        all.put("auth_file", usersFile);
        all.putAll(settings);
        String section = all.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue())
                .collect(Collectors.joining("\n"));
        return "[databases]\n* = host=" + serverHost + " port=" + serverPort + "\n\n[pgbouncer]\n" + section + "\n";
    }
}
