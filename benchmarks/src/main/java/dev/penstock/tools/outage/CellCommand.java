package dev.penstock.tools.outage;

import dev.penstock.tools.pools.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The measuring half of {@code outage}, in a JVM of its own. Reads the password and then the parent's signals from
 * standard input; writes {@link #WARM}, the figures and {@link #END} to standard output. Ends by halting: a pool that
 * the outage has wedged leaves threads that would keep the JVM alive, or hang in a shutdown hook.
 */
@Command(name = "outage-cell", hidden = true, description = "Internal: one cell of 'outage'.")
public final class CellCommand implements Callable<Integer> {
    static final String WARM = "warm";
    static final String END = "end";

    @Option(names = "--pool", required = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private PoolKind pool;

    @Option(names = "--url", required = true)
    private String url = "";

    @Option(names = "--user", required = true)
    private String user = "";

    @Option(names = "--defaults", arity = "1", required = true)
    private boolean defaults;

    @Option(names = "--watch", required = true)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration watch;

    @Override
    public Integer call() {
        PrintStream toParent = System.out;
        System.setOut(System.err); // a pool that prints would be taken for the figures
        int exit = 0;
        try {
            run(toParent);
        } catch (Throwable e) {
            e.printStackTrace();
            exit = 1;
        }
        Runtime.getRuntime().halt(exit);
        return exit;
    }

    private void run(PrintStream toParent) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = in.readLine();
        if (password == null) {
            throw new IOException("the parent has closed standard input before it sent the password");
        }
        Cell cell = new Cell(pool, new Target(url, user, password), defaults, watch);
        Figures figures = cell.run(CellSignals.from(in), () -> say(toParent, WARM + "\n"));
        say(toParent, figures.print() + END + "\n");
    }

    private static void say(PrintStream toParent, String text) {
        toParent.print(text);
        toParent.flush();
    }
}
