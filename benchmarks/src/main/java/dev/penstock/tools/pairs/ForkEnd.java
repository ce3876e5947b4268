package dev.penstock.tools.pairs;

import dev.penstock.tools.child.ParentJvm;
import dev.penstock.tools.pools.Target;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Properties;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The measuring half of a comparison, in a JVM of its own: the options that {@link Fork} gives each. Set by picocli;
 * not thread-safe.
 */
public final class ForkEnd {
    private static final String USER = "postgres";
    private static final String DATABASE = "postgres";

    @Option(names = "--port", required = true)
    private int port;

    @Option(names = "--host", required = true)
    private String host = "";

    @Option(names = "--tls", arity = "1", required = true)
    private boolean tls;

    @Option(names = "--ca")
    private @Nullable String ca;

    @Option(names = "--warm-up", required = true)
    private int warmUp;

    @Option(names = "--cycles", required = true)
    private int cycles;

    @Option(names = "--seed", required = true)
    private long seed;

    @Option(names = "--processor")
    private @Nullable Integer processor;

    private String password = "";

    /** Made by picocli. */
    public ForkEnd() {}

    /**
     * Reads the password from standard input, where no list of processes shows it, and ends this JVM when that is
     * closed: then the parent is gone. Then goes to the processor that this JVM is to be kept on, if any.
     *
     * @throws IOException if it is gone before it has sent the password, or this JVM cannot be kept there
     */
    public void listenToParent() throws IOException, InterruptedException {
        password = ParentJvm.listen(1).get(0);
        if (processor != null) {
            new Processor(processor).keep(ProcessHandle.current().pid());
        }
    }

    /** Where the server is, and who comes. */
    public Target target() {
        return new Target("jdbc:postgresql://" + host + ":" + port + "/" + DATABASE, USER, password);
    }

    /** For the driver, new each time: whether to encrypt, and whom to trust. */
    public Properties driverProperties() {
        Properties properties = new Properties();
        properties.setProperty("sslmode", tls ? "verify-full" : "disable");
        if (ca != null) {
            properties.setProperty("sslrootcert", ca);
        }
        return properties;
    }

    /** The same with user and password. */
    public Properties credentials() {
        Properties properties = driverProperties();
        properties.setProperty("user", USER);
        properties.setProperty("password", password);
        return properties;
    }

    /** Of the server. */
    public int port() {
        return port;
    }

    /** On the server. */
    public String database() {
        return DATABASE;
    }

    /** For {@link Pairs}: the same for the same fork of every run. */
    public Random coin() {
        return new Random(seed);
    }

    /** Warms up, then measures. */
    public ForkResult measure(Pairs pairs) throws SQLException {
        double[][] unused = pairs.run(warmUp);
        double[][] times = pairs.run(cycles);
        return ForkResult.of(times[0], times[1]);
    }
}
