package dev.penstock.budget.live;

import dev.penstock.lab.Await;
import dev.penstock.lab.postgres.PostgresServer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/** Sessions of several roles on a real server, and a superuser who counts them by hand. */
final class Crowd implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PASSWORD = "pw";

    private final PostgresServer server;
    private final Connection eye;
    private final List<Connection> open = new ArrayList<>();
    private final List<Thread> busy = new ArrayList<>();

    /** Plain roles app and batch, watcher and keeper who see all, boss the superuser; nobody is connected. */
    Crowd(PostgresServer server) throws SQLException {
        this.server = server;
        eye = server.connect();
        if (count("from pg_roles where rolname = 'app'") == 0) {
            run(
                    eye,
                    "create role app login password 'pw' connection limit 12",
                    "create role batch login password 'pw'",
                    "create role watcher login password 'pw' in role pg_read_all_stats",
                    "create role boss login superuser password 'pw' connection limit 1",
                    "create database shop connection limit 16");
            if (server.major() >= 16) {
                run(
                        eye,
                        "create role keeper login password 'pw' in role pg_use_reserved_connections, pg_read_all_stats");
            }
        }
        // whoever was here before has left
        Await.until("an empty server", LIMIT, () -> sessions() == 1);
    }

    /** A session that is closed with the others. */
    Connection join(String role, String database, String application) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("password", PASSWORD);
        properties.setProperty("ApplicationName", application);
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
        Connection connection = DriverManager.getConnection(url, properties);
        open.add(connection);
        return connection;
    }

    /** 9: idle, in transactions, in a failed one, at work with a parallel worker; two roles and a superuser. */
    void gather() throws SQLException {
        join("app", "shop", "checkout/pod-1/main");
        join("app", "shop", "checkout/pod-1/main");
        join("app", "shop", "checkout/pod-2/main");
        run(join("app", "shop", "checkout/pod-2/main"), "begin", "select 1");
        run(join("app", "shop", "search/pod-1/main"), "begin", "select 1");
        Connection failed = join("app", "shop", "search/pod-1/main");
        run(failed, "begin");
        try {
            run(failed, "select 1/0");
        } catch (SQLException expected) {
            // the transaction has failed
        }
        join("batch", "postgres", "");
        join("boss", "shop", "psql");
        work(join("batch", "shop", "nightly"));
        Await.until(
                "a parallel worker",
                LIMIT,
                () -> count("from pg_stat_activity where backend_type = 'parallel worker'") == 1);
    }

    private void work(Connection connection) throws SQLException {
        run(connection, "set " + (server.major() < 16 ? "force_parallel_mode" : "debug_parallel_query") + " = on");
        Thread worker = new Thread(() -> {
            try {
                run(connection, "select pg_sleep(600)");
            } catch (SQLException ended) {
                // with the test
            }
        });
        busy.add(worker);
        worker.start();
    }

    /** A client that does not answer when it is asked for its password (protocol 3.0, StartupMessage). */
    Socket knock() throws IOException {
        byte[] who = "user\0app\0database\0shop\0\0".getBytes(StandardCharsets.US_ASCII);
        Socket socket = new Socket(server.host(), server.port());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(8 + who.length);
        out.writeInt(3 << 16);
        out.write(who);
        out.flush();
        if (socket.getInputStream().read() != 'R') {
            throw new IOException("the server does not ask for a password");
        }
        return socket;
    }

    private int sessions() {
        return count("from pg_stat_activity where backend_type = 'client backend'");
    }

    /** By hand, as the superuser whose own session is one of them. */
    int count(String from) {
        return Integer.parseInt(ask("select count(*) " + from));
    }

    /** One value, as that superuser. */
    String ask(String query) {
        try {
            return ask(eye, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** How many sessions each combination has, but for the superuser's own and that of the connection. */
    Map<String, Integer> byHand(Connection without, String columns, String where) throws SQLException {
        Map<String, Integer> counted = new TreeMap<>();
        try (Statement statement = eye.createStatement();
                ResultSet rows = statement.executeQuery("select concat_ws(' | ', " + columns + "), count(*)"
                        + " from pg_stat_activity where " + where + " and pid not in (pg_backend_pid(), "
                        + without.unwrap(PGConnection.class).getBackendPID() + ") group by 1")) {
            while (rows.next()) {
                counted.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counted;
    }

    static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Opens connections until one is refused; how many that were. They stay open. */
    int joinUntilRefused(String role, String database) throws SQLException {
        for (int joined = 0; ; joined++) {
            try {
                join(role, database, "pushing");
            } catch (SQLException e) {
                if (!"53300".equals(e.getSQLState())) {
                    throw e;
                }
                return joined;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        count("from pg_stat_activity where query like 'select pg_sleep%' and pid <> pg_backend_pid()"
                + " and pg_terminate_backend(pid)");
        for (Connection connection : open) {
            connection.close();
        }
        eye.close();
        for (Thread thread : busy) {
            Await.until("the end of " + thread, LIMIT, () -> !thread.isAlive());
        }
    }
}
