package dev.penstock.tools.limits;

import dev.penstock.tools.pairs.ForkEnd;
import dev.penstock.tools.pairs.Pairs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The measuring half of {@code bench limits}, in a JVM of its own. */
@Command(name = "limits-fork", hidden = true, description = "Internal: one fork of 'bench limits'.")
@SuppressWarnings("NullAway.Init") // set by picocli
public final class LimitsForkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ForkEnd end;

    @Option(names = "--batch", required = true)
    private int batch;

    @Option(names = "--reconnect", required = true)
    private int reconnect;

    @Option(names = "--work", required = true)
    private Work work;

    @Option(names = "--both", arity = "1", required = true)
    private boolean both;

    @Override
    public Integer call() throws Exception {
        end.listenToParent();
        RoundTrips.Load load = new RoundTrips.Load(work, batch, reconnect);
        try (RoundTrips trips = RoundTrips.open(end.target(), end.driverProperties(), both, load)) {
            Pairs pairs = new Pairs(trips::plain, trips::penstock, end.coin(), 0);
            spec.commandLine().getOut().print(end.measure(pairs).print());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
