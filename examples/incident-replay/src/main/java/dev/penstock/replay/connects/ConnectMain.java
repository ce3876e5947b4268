package dev.penstock.replay.connects;

import dev.penstock.PenstockConnector;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** Runs in a JVM of its own: measures connects and writes each as a line. */
final class ConnectMain {
    static final String PASSWORD_VARIABLE = "PENSTOCK_REPLAY_PASSWORD";

    private static final int WARM_UPS = 250;
    private static final int NEW_CONNECTORS = 3;
    private static final int PAIRS = 250;
    private static final int SETS = 3;

    /** A busy machine makes do with fewer. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(6);

    private interface Connect {
        Connection open() throws SQLException;
    }

    private final ConnectPlan plan;
    private final Properties credentials = new Properties();

    /** By the thread that measures Penstock. */
    private final List<Sample> said = new ArrayList<>();

    private ConnectMain(ConnectPlan plan, String password) {
        this.plan = plan;
        credentials.setProperty("user", plan.user());
        credentials.setProperty("password", password);
    }

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset(); // the driver's remarks are not part of the report
        endWithParent();
        String password = System.getenv(PASSWORD_VARIABLE);
        new ConnectMain(ConnectPlan.of(args), password == null ? "" : password).run();
    }

    /** Standard input ends when the other JVM does, however it does. */
    private static void endWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is ever sent
                        }
                    } catch (IOException e) {
                        // as good as the end
                    }
                    Runtime.getRuntime().halt(1);
                },
                "replay-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void run() throws InterruptedException, SQLException {
        warmUp();
        Thread plain = new Thread(this::plain, "replay-plain");
        plain.start();
        penstock();
        plain.join();
    }

    /** Compares settled code with settled code: both sides connect to the healthy address, by its number. */
    private void warmUp() throws SQLException {
        try (PenstockConnector connector = connector(plan.directUrl())) {
            long start = System.nanoTime();
            for (int i = 0; i < WARM_UPS && System.nanoTime() - start < PATIENCE_NANOS; i++) {
                direct().close();
                connector.getConnection().close();
            }
        }
        say(new Sample(Step.WARM, Duration.ZERO, null));
    }

    private void plain() {
        say(sample(Step.PLAIN_FIRST, () -> DriverManager.getConnection(plan.nameUrl(), credentials)));
        say(sample(Step.PLAIN_SECOND, () -> DriverManager.getConnection(plan.nameUrl(), credentials)));
    }

    private void penstock() {
        boolean working = true;
        for (int i = 1; i < NEW_CONNECTORS && working; i++) {
            try (PenstockConnector connector = connector(plan.nameUrl())) {
                working = measure(Step.PENSTOCK_FIRST, connector::getConnection);
            }
        }
        try (PenstockConnector connector = connector(plan.nameUrl())) {
            if (working) {
                measure(Step.PENSTOCK_FIRST, connector::getConnection);
            }
            sets(connector);
        }
        say(new Sample(Step.PENSTOCK_DONE, Duration.ZERO, null));
    }

    private void sets(PenstockConnector connector) {
        for (int i = 0; i < SETS; i++) {
            said.clear();
            pairs(connector);
            List<Double> factors = new Samples(said).factors(Step.PENSTOCK_AGAIN, Step.DIRECT, 1);
            say(new Sample(Step.PAIRS_DONE, Duration.ZERO, null));
            if (factors.isEmpty() || factors.get(0) <= plan.enough()) {
                return; // one of them failed, or all is well
            }
        }
    }

    /** Turn and turn about. Ends at the first failure: each may take long, and one is enough to break the promise. */
    private void pairs(PenstockConnector connector) {
        boolean working = true;
        long start = System.nanoTime();
        for (int i = 0; i < PAIRS && working && System.nanoTime() - start < PATIENCE_NANOS; i++) {
            working = i % 2 == 0
                    ? measure(Step.DIRECT, this::direct) && measure(Step.PENSTOCK_AGAIN, connector::getConnection)
                    : measure(Step.PENSTOCK_AGAIN, connector::getConnection) && measure(Step.DIRECT, this::direct);
        }
    }

    private Connection direct() throws SQLException {
        return DriverManager.getConnection(plan.directUrl(), credentials);
    }

    private PenstockConnector connector(String url) {
        return PenstockConnector.builder(url).properties(credentials).build();
    }

    /** Whether it succeeded. */
    private boolean measure(Step step, Connect connect) {
        Sample sample = sample(step, connect);
        say(sample);
        said.add(sample);
        return sample.succeeded();
    }

    private static Sample sample(Step step, Connect connect) {
        long start = System.nanoTime();
        try {
            Connection connection = connect.open();
            long took = System.nanoTime() - start;
            connection.close();
            return new Sample(step, Duration.ofNanos(took), null);
        } catch (SQLException e) {
            return new Sample(step, Duration.ofNanos(System.nanoTime() - start), told(e));
        }
    }

    private static String told(SQLException e) {
        Throwable cause = e.getCause();
        return e.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    private static void say(Sample sample) {
        System.out.println(sample.toLine());
    }
}
