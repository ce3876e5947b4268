package dev.penstock.bench.start;

import dev.penstock.lab.postgres.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.LogManager;
import org.springframework.boot.logging.LoggingSystem;

/**
 * {@code ./mvnw -q -Pspring-start}: starts the application in pairs, each side first as often as last, and compares. One
 * pair before that is not counted: it migrates the database, and brings the jars into memory.
 *
 * <p>Exit code 1 with {@code --check} if the upper 95 % bound is above what is allowed.
 */
public final class StartBench {
    private final Options options;
    private final PrintStream out;

    StartBench(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Ends the JVM, which is Maven's, with an exit code of its own. */
    public static void main(String[] args) throws IOException, InterruptedException {
        LoggingSystem.get(StartBench.class.getClassLoader())
                .beforeInitialize(); // it is not the server's log that counts
        LogManager.getLogManager().reset();
        System.exit(new StartBench(Options.of(args), System.out)
                .run(System.getProperty("penstock.start.classpath", System.getProperty("java.class.path"))));
    }

    int run(String classPath) throws IOException, InterruptedException {
        try (PostgresServer server = PostgresServer.start()) {
            out.println("Start of a Spring Boot application (JPA, Flyway) on " + server + ", " + options.pairs()
                    + " pairs of JVMs, with the starter and without");
            Outcome outcome = new Outcome(pairs(new Jvms(server, classPath)));
            outcome.lines(options.most()).forEach(out::println);
            return options.check() && !outcome.keeps(options.most()) ? 1 : 0;
        }
    }

    private List<Pair> pairs(Jvms jvms) throws IOException, InterruptedException {
        Pair unused = pair(jvms, 0);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 1; i <= options.pairs(); i++) {
            Pair pair = pair(jvms, i);
            pairs.add(pair);
            out.println(String.format(
                    Locale.ROOT,
                    "pair %3d of %d: without %d ms, with %d ms, ratio %.3f",
                    i,
                    options.pairs(),
                    pair.without().context(),
                    pair.with().context(),
                    pair.ratio()));
        }
        return pairs;
    }

    private static Pair pair(Jvms jvms, int number) throws IOException, InterruptedException {
        if (number % 2 == 0) {
            Start without = jvms.start(Side.WITHOUT);
            return new Pair(without, jvms.start(Side.WITH));
        }
        Start with = jvms.start(Side.WITH);
        return new Pair(jvms.start(Side.WITHOUT), with);
    }
}
