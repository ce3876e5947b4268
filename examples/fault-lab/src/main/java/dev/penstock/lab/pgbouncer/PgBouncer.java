package dev.penstock.lab.pgbouncer;

import dev.penstock.lab.Await;
import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.ProcessTree;
import dev.penstock.lab.process.Programs;
import dev.penstock.lab.process.ServerDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * A real PgBouncer on the loopback interface, in front of a server.
 *
 * <p>It asks clients for no password and logs on to the server with those it was given. Only where the machine has it
 * installed (Debian's package is {@value #PACKAGE}). It refuses to run as root: there it runs as {@code nobody}.
 * Thread-safe.
 */
public final class PgBouncer implements AutoCloseable {
    /** What to install where {@link #installed()} says no. */
    public static final String PACKAGE = "pgbouncer";

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final String HOST = "127.0.0.1";
    private static final String LOG = "pgbouncer.log";
    private static final String ORDINARY_USER = "nobody";
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 210, 22, 47};

    private final ServerDirectory directory;
    private final String database;
    private final Map.Entry<String, String> owner;
    private final int port;
    private final Process process;
    private final Thread belt;
    private final AtomicBoolean closed = new AtomicBoolean();

    private PgBouncer(
            ServerDirectory directory, String database, Map.Entry<String, String> owner, int port, Process process) {
        this.directory = directory;
        this.database = database;
        this.owner = owner;
        this.port = port;
        this.process = process;
        this.belt = new Thread(this::destroy, "lab-pgbouncer-belt");
    }

    /** Whether this machine has it. */
    public static boolean installed() {
        return Programs.find(PACKAGE).isPresent();
    }

    /** In front of a server of the lab, for its superuser. */
    public static PgBouncerBuilder inFrontOf(PostgresServer server) {
        return new PgBouncerBuilder(server);
    }

    /** In front of something else that leads to a server, for example a proxy. */
    public static PgBouncerBuilder inFrontOf(PostgresServer server, InetSocketAddress instead) {
        return new PgBouncerBuilder(
                instead.getHostString(), instead.getPort(), server.database(), server.user(), server.password());
    }

    /** Writes the text of {@code pgbouncer.ini}. */
    public interface Ini {
        /** For a PgBouncer that listens on this port of 127.0.0.1, with its users in that file. */
        String text(int port, String usersFile);
    }

    static PgBouncer start(String database, Map<String, String> users, int port, Ini ini) {
        Path program = Programs.find(PACKAGE)
                .orElseThrow(() -> new IllegalStateException("PgBouncer is not installed: package " + PACKAGE));
        ServerDirectory directory = ServerDirectory.create(PACKAGE);
        try {
            Path usersFile = directory.writePrivate("users", lines(users));
            Path iniFile = directory.writePrivate("pgbouncer.ini", ini.text(port, usersFile.toString()));
            handOver(List.of(directory.root(), usersFile, iniFile));
            Process process = new ProcessBuilder(command(program, iniFile))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(directory.file(LOG).toFile()))
                    .start();
            PgBouncer bouncer = new PgBouncer(
                    directory, database, users.entrySet().iterator().next(), port, process);
            bouncer.awaitAnswer();
            return bouncer;
        } catch (IOException e) {
            directory.close();
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(Map<String, String> users) {
        return users.entrySet().stream()
                .map(user -> quoted(user.getKey()) + " " + quoted(user.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String word) {
        return '"' + word.replace("\"", "\"\"") + '"';
    }

    /** The process reads its files again from time to time, and not as root. */
    private static void handOver(List<Path> files) throws IOException {
        if (!Programs.asRoot()) {
            return;
        }
        UserPrincipal user =
                files.get(0).getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ORDINARY_USER);
        for (Path file : files) {
            Files.setOwner(file, user);
        }
    }

    private static List<String> command(Path program, Path iniFile) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        if (Programs.asRoot()) {
            words.addAll(List.of("-u", ORDINARY_USER));
        }
        words.add(iniFile.toString());
        return words;
    }

    private void awaitAnswer() {
        try {
            Runtime.getRuntime().addShutdownHook(belt);
        } catch (IllegalStateException e) {
            destroy(); // the JVM is going down, and takes no more hooks
            throw e;
        }
        if (!Await.holdsWithin(START_LIMIT, () -> !process.isAlive() || answers()) || !process.isAlive()) {
            String log = logTail();
            close();
            throw new IllegalStateException("PgBouncer did not start. Its log ends:\n" + log);
        }
    }

    /** Asks whether it speaks TLS, which opens no connection to the server. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.address(1), port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write(SSL_REQUEST);
            return socket.getInputStream().read() >= 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Always 127.0.0.1. */
    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    /** {@link #host()} and {@link #port()}, as the target of a proxy. */
    public InetSocketAddress address() {
        return new InetSocketAddress(Loopback.address(1), port);
    }

    /** The URL of the server's database by way of this, without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** User and password of the server's superuser, to be added to by the caller. */
    public Properties credentials() {
        Properties properties = new Properties();
        properties.setProperty("user", owner.getKey());
        properties.setProperty("password", owner.getValue());
        return properties;
    }

    /** A new connection through it, of the server's superuser, without named prepared statements. */
    public Connection connect() throws SQLException {
        Properties properties = credentials();
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection(jdbcUrl(), properties);
    }

    public long pid() {
        return process.pid();
    }

    /** Whether its process still runs: there are clients that kill some versions of it. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines that it logged. */
    public String logTail() {
        return directory.tail(LOG);
    }

    /** Ends it at once, whoever is connected, and removes its files. Calling it again does nothing. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            return; // the JVM is going down and the belt does the work
        }
        destroy();
    }

    /** Killed: what a gentler signal does, and whether it waits for clients, differs from version to version. */
    private void destroy() {
        if (closed.compareAndSet(false, true)) {
            if (process.isAlive()) {
                new ProcessTree(process.toHandle()).kill();
                process.onExit().orTimeout(10, TimeUnit.SECONDS).join(); // until the JDK knows of it as well
            }
            directory.close();
        }
    }

    @Override
    public String toString() {
        return "PgBouncer at " + HOST + ":" + port;
    }
}
