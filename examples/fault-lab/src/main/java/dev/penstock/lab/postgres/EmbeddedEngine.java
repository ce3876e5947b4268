package dev.penstock.lab.postgres;

import dev.penstock.lab.Await;
import dev.penstock.lab.process.Command;
import dev.penstock.lab.process.ProcessTree;
import dev.penstock.lab.process.ServerDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as processes of this machine.
 *
 * <p>zonky unpacks the binaries and does the first start; every later start goes through {@code pg_ctl restart}, which
 * repeats the first one's options.
 */
final class EmbeddedEngine implements PostgresEngine {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final String LOG = "server.log";

    private final ServerDirectory directory;
    private final DataDirectory data;
    private final Thread belt;
    private @Nullable EmbeddedPostgres postgres; // guarded by this

    private EmbeddedEngine(ServerDirectory directory) {
        this.directory = directory;
        this.data = new DataDirectory(directory.file("data"));
        this.belt = new Thread(this::destroy, "lab-postgres-belt");
    }

    static PostgresEngine start(PostgresPlan plan) {
        EmbeddedEngine engine = new EmbeddedEngine(ServerDirectory.create("pg" + plan.major()));
        Runtime.getRuntime().addShutdownHook(engine.belt);
        try {
            engine.firstStart(plan);
            return engine;
        } catch (IOException | RuntimeException e) {
            String log = engine.logTail();
            engine.close();
            throw new IllegalStateException("PostgreSQL " + plan.major() + " did not start. Its log ends:\n" + log, e);
        }
    }

    private synchronized void firstStart(PostgresPlan plan) throws IOException {
        Path passwordFile = directory.writePrivate("password", plan.password());
        Redirect log = Redirect.appendTo(log().toFile());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPgBinaryResolver(EmbeddedBinaries.forMajor(plan.major()))
                .setPort(plan.port())
                .setDataDirectory(data.path())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setErrorRedirector(log)
                .setOutputRedirector(log)
                // Each of these two becomes a long option of initdb.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setConnectConfig("password", plan.password())
                .setDataDirectoryCustomizer(ignored -> data.writeHba(plan.hbaFile()))
                .setServerConfig("listen_addresses", shellQuoted(String.join(",", plan.listenAddresses())))
                .setServerConfig("unix_socket_directories", "''");
        String tlsDirectory = plan.tls() == null ? "" : plan.tls().directory().toString();
        plan.settingsWithTls(tlsDirectory).forEach((name, value) -> builder.setServerConfig(name, shellQuoted(value)));
        postgres = builder.start();
    }

    private static String shellQuoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public long pid() {
        return running().pid();
    }

    private ProcessTree running() {
        return data.postmaster().orElseThrow(() -> new IllegalStateException("The server is not running"));
    }

    @Override
    public void freeze() {
        running().stop();
    }

    @Override
    public void thaw() {
        running().resume();
    }

    @Override
    public void kill() {
        data.postmaster().ifPresent(ProcessTree::kill);
    }

    @Override
    public void restart() {
        data.postmaster().ifPresentOrElse(ProcessTree::resume, this::awaitReaping);
        List<String> words = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            words.addAll(List.of("unshare", "-U")); // the server refuses to run as root
        }
        words.addAll(List.of(data.program("pg_ctl"), "restart", "-w", "-m", "fast"));
        words.addAll(List.of("-t", Long.toString(START_LIMIT.toSeconds())));
        words.addAll(List.of("-D", data.path().toString(), "-l", log().toString()));
        int exit = new Command(words, Redirect.DISCARD).loggingTo(log()).run();
        if (exit != 0) {
            throw new IllegalStateException("pg_ctl restart failed with " + exit + ". The log ends:\n" + logTail());
        }
    }

    /** A new server takes the zombie of the last one for a living one and refuses to start. */
    private void awaitReaping() {
        data.pidOnFile()
                .flatMap(ProcessHandle::of)
                .ifPresent(old -> Await.until("process 1 to reap " + old.pid(), START_LIMIT, () -> !old.isAlive()));
    }

    private Path log() {
        return directory.file(LOG);
    }

    @Override
    public String logTail() {
        return directory.tail(LOG);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(belt);
        } catch (IllegalStateException e) {
            return; // the JVM is going down and the belt does the work
        }
        stopInOrder();
        destroy();
    }

    private synchronized void stopInOrder() {
        Optional<ProcessTree> server = data.postmaster();
        EmbeddedPostgres running = postgres;
        postgres = null;
        if (server.isEmpty() || running == null) {
            return; // killed by a test: zonky's own stop would only log that it found nothing
        }
        server.get().resume();
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void destroy() {
        kill();
        data.sharedMemoryId()
                .ifPresent(id -> Command.of("sh", "-c", "ipcrm -m " + id).run());
        if (Files.exists(directory.root())) {
            directory.close();
        }
    }
}
