package dev.penstock.tools.connect;

import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The measuring half of {@code bench connect}, in a JVM of its own. Reads the password from standard input, where
 * no list of processes shows it, and ends when that is closed: then the parent is gone.
 */
@Command(name = "connect-fork", hidden = true, description = "Internal: one fork of 'bench connect'.")
final class ConnectForkCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--host", required = true)
    private String host = "";

    @Option(names = "--tls", arity = "1", required = true)
    private boolean tls;

    @Option(names = "--ca")
    private @Nullable String ca;

    @Option(names = "--stub", required = true)
    private int stub;

    @Option(names = "--warm-up", required = true)
    private int warmUp;

    @Option(names = "--cycles", required = true)
    private int cycles;

    @Option(names = "--pause", required = true)
    private int pauseMillis;

    @Option(names = "--seed", required = true)
    private long seed;

    @Override
    public Integer call() throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = in.readLine();
        if (password == null) {
            throw new IOException("the parent has closed standard input before it sent the password");
        }
        endWithParent(in);
        warmUpOnStub(password);
        try (Connects connects = new Connects(url(), properties(password))) {
            spec.commandLine().getOut().print(measure(connects).print());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /** A server that answers at once: nothing but the code of both sides runs, and gets compiled. */
    private void warmUpOnStub(String password) throws SQLException {
        Properties properties = properties(password);
        properties.setProperty("sslmode", "disable");
        properties.setProperty("assumeMinServerVersion", "14"); // the stub is asked nothing
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                Connects connects =
                        new Connects("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", properties)) {
            double[][] unused = measure(connects, new Random(seed), stub, 0);
        }
    }

    private static void endWithParent(BufferedReader in) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (in.readLine() != null) {
                            // nothing more is said
                        }
                    } catch (IOException e) {
                        // closed, too
                    }
                    Runtime.getRuntime().halt(1);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/postgres";
    }

    private Properties properties(String password) {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", tls ? "verify-full" : "disable");
        if (ca != null) {
            properties.setProperty("sslrootcert", ca);
        }
        return properties;
    }

    private ForkResult measure(Connects connects) throws SQLException {
        Random coin = new Random(seed);
        double[][] unused = measure(connects, coin, warmUp, pauseMillis);
        double[][] times = measure(connects, coin, cycles, pauseMillis);
        return ForkResult.of(times[0], times[1]);
    }

    /** Pairs in random order, so that neither side always follows the other's leftovers on the server. */
    private static double[][] measure(Connects connects, Random coin, int pairs, int pauseMillis) throws SQLException {
        double[][] times = new double[2][pairs];
        for (int i = 0; i < pairs; i++) {
            boolean plainFirst = coin.nextBoolean();
            for (boolean plain : new boolean[] {plainFirst, !plainFirst}) {
                pause(pauseMillis);
                times[plain ? 0 : 1][i] = plain ? connects.plain() : connects.penstock();
            }
        }
        return times;
    }

    private static void pause(int pauseMillis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        for (long left = end - System.nanoTime(); pauseMillis > 0 && left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
