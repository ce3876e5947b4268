package dev.penstock.tools.connect;

import dev.penstock.tools.pairs.ForkEnd;
import dev.penstock.tools.pairs.Pairs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The measuring half of {@code bench connect}, in a JVM of its own. */
@Command(name = "connect-fork", hidden = true, description = "Internal: one fork of 'bench connect'.")
@SuppressWarnings("NullAway.Init") // set by picocli
public final class ConnectForkCommand implements Callable<Integer> {
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
        StubWarmUp.run(end, stub);
        try (Connects connects = new Connects(end.target().url(), end.credentials())) {
            Pairs pairs = new Pairs(connects::plain, connects::penstock, end.coin(), pauseMillis);
            spec.commandLine().getOut().print(end.measure(pairs).print());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
