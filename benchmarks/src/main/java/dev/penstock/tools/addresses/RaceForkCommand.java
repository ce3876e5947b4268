package dev.penstock.tools.addresses;

import dev.penstock.PenstockConnector;
import dev.penstock.lab.fault.BlackHole;
import dev.penstock.tools.connect.Connects;
import dev.penstock.tools.connect.StubWarmUp;
import dev.penstock.tools.pairs.ForkEnd;
import dev.penstock.tools.pairs.Pairs;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The second and later connects of a connector whose name has eleven black holes before the one good address, against
 * pgjdbc alone to the good one; in a JVM of its own.
 */
@Command(name = "race-fork", hidden = true, description = "Internal: one fork of the group 'connect race' of 'bench'.")
@SuppressWarnings("NullAway.Init") // set by picocli
public final class RaceForkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ForkEnd end;

    @Option(names = "--stub", required = true)
    private int stub;

    @Override
    public Integer call() throws Exception {
        end.listenToParent();
        StubWarmUp.run(end, stub);
        try (NamedService service = new NamedService(end.credentials(), end.database(), end.port())
                        .with(AddressCases.BLACK_HOLES, BlackHole::at)
                        .withGood(AddressCases.GOOD);
                Connects connects = new Connects(end.target().url(), end.credentials(), warned(service))) {
            Pairs pairs = new Pairs(connects::plain, connects::penstock, end.coin(), 0);
            spec.commandLine().getOut().print(end.measure(pairs).print());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    /** It has met the black holes once. */
    private static PenstockConnector warned(NamedService service) throws SQLException {
        PenstockConnector connector = service.connector(defaults -> {});
        try {
            connector.getConnection().close();
            return connector;
        } catch (SQLException | RuntimeException e) {
            connector.close();
            throw e;
        }
    }
}
