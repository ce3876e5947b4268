package dev.penstock.tools.connect;

import dev.penstock.lab.fault.FakePostgres;
import dev.penstock.lab.fault.PgScript;
import dev.penstock.tools.pairs.ForkEnd;
import dev.penstock.tools.pairs.Pairs;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The measuring half of {@code bench connect}, in a JVM of its own. */
@Command(name = "connect-fork", hidden = true, description = "Internal: one fork of 'bench connect'.")
@SuppressWarnings("NullAway.Init") // set by picocli
final class ConnectForkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ForkEnd end;

    @Option(names = "--stub", required = true)
    private int stub;

    @Option(names = "--pause", required = true)
    private int pauseMillis;

    @Override
    public Integer call() throws Exception {
        end.listenToParent();
        warmUpOnStub();
        try (Connects connects = new Connects(end.target().url(), properties())) {
            spec.commandLine()
                    .getOut()
                    .print(end.measure(pairs(connects, pauseMillis)).print());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /** A server that answers at once: nothing but the code of both sides runs, and gets compiled. */
    private void warmUpOnStub() throws SQLException {
        Properties properties = properties();
        properties.setProperty("sslmode", "disable");
        properties.setProperty("assumeMinServerVersion", "14"); // the stub is asked nothing
        try (FakePostgres server = FakePostgres.start(PgScript.readyThenSilence());
                Connects connects =
                        new Connects("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres", properties)) {
            double[][] unused = pairs(connects, 0).run(stub);
        }
    }

    private Properties properties() {
        Properties properties = end.driverProperties();
        properties.setProperty("user", end.target().user());
        properties.setProperty("password", end.target().password());
        return properties;
    }

    private Pairs pairs(Connects connects, int pause) {
        return new Pairs(connects::plain, connects::penstock, end.coin(), pause);
    }
}
