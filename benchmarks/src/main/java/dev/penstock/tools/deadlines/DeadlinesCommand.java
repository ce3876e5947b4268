package dev.penstock.tools.deadlines;

import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.postgres.TlsMaterial;
import dev.penstock.tools.Rules;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code deadlines}: runs the fault matrix and prints by how much connects overshoot their deadline.
 *
 * <p>The promise: no connect ends more than 100 ms after its deadline, and each ends for the right reason. The
 * figure that is judged is the whole overshoot, stalls of the machine included; these are measured beside it and
 * only decide whether a broken promise is looked at again ({@link Verdict}, {@link MatrixRunner}).
 */
@Command(
        name = "deadlines",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the fault matrix against a real PostgreSQL and prints how far connects overshoot their deadline.",
            "Exit code 1 if one ends for the wrong reason or too late."
        })
public final class DeadlinesCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--quick", description = "One round with a deadline of 500ms and 2 connects per case.")
    private boolean quick;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            description = "Deadline of every connect, 200ms to 10s. Default 1500ms, 500ms with --quick.")
    private @Nullable Duration deadline;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            defaultValue = "100ms",
            description = "By how much the deadline may be overshot. Default ${DEFAULT-VALUE}, which is the promise.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration limit;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each case runs, 1 to 100. Default 3, 1 with --quick.")
    private @Nullable Integer rounds;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Connects at once per run of a case, 1 to 50. Default 4, 2 with --quick.")
    private @Nullable Integer clients;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "Cases at once, 1 to 16. Default ${DEFAULT-VALUE}.")
    private int parallel;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only cases whose name contains a match of this regular expression.")
    private @Nullable String only;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes every run into this file as well.")
    private @Nullable Path json;

    @Override
    public Integer call() throws Exception {
        Duration deadlineInForce = deadline != null ? deadline : Duration.ofMillis(quick ? 500 : 1500);
        int roundsInForce = rounds != null ? rounds : quick ? 1 : 3;
        int clientsInForce = clients != null ? clients : quick ? 2 : 4;
        check(deadlineInForce, roundsInForce, clientsInForce);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Penstock fault matrix: deadline " + deadlineInForce.toMillis() + " ms, " + roundsInForce
                + " round(s), " + clientsInForce + " connects per case; starting PostgreSQL ...");
        out.flush();
        MatrixReport report = run(deadlineInForce, roundsInForce, clientsInForce, out);
        report.lines().forEach(out::println);
        out.flush();
        if (json != null) {
            Files.writeString(json, report.json() + "\n");
        }
        return report.kept() ? 0 : 1;
    }

    private void check(Duration deadlineInForce, int roundsInForce, int clientsInForce) {
        Rules rules = new Rules(spec);
        rules.between("--deadline", Duration.ofMillis(200), Duration.ofSeconds(10), deadlineInForce);
        rules.between("--limit", Duration.ofMillis(1), Duration.ofSeconds(30), limit);
        rules.between("--rounds", 1, 100, roundsInForce);
        rules.between("--clients", 1, 50, clientsInForce);
        rules.between("--parallel", 1, 16, parallel);
        rules.require("--only", "must be a regular expression", only == null ? "" : only, isPattern(only));
    }

    private static boolean isPattern(@Nullable String regex) {
        try {
            return regex == null || Pattern.compile(regex) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private MatrixReport run(Duration deadlineInForce, int roundsInForce, int clientsInForce, PrintWriter out)
            throws Exception {
        try (TlsMaterial tls = TlsMaterial.forNames(Stage.HOST);
                PostgresServer server = PostgresServer.builder()
                        .tls(tls)
                        .setting("max_connections", Integer.toString(MAX_CONNECTIONS))
                        .start()) {
            Handshake handshake = Handshake.measure(server);
            out.println(
                    server + "; the handshake has " + handshake.plain() + " bytes, " + handshake.tls() + " with TLS");
            if (!FaultMatrix.hasManyAddresses()) {
                out.println("LEFT OUT, this machine has no 127.0.0.2: the cases with several addresses");
            }
            out.flush();
            CaseRunner runner = new CaseRunner(server, deadlineInForce, clientsInForce);
            List<CaseResult> results =
                    new MatrixRunner(runner, limit, out).run(chosen(handshake), roundsInForce, parallel);
            return new MatrixReport(deadlineInForce, limit, results);
        }
    }

    private List<FaultCase> chosen(Handshake handshake) {
        List<FaultCase> all = FaultMatrix.cases(handshake);
        if (only == null) {
            return all;
        }
        Pattern pattern = Pattern.compile(only);
        List<FaultCase> chosen =
                all.stream().filter(c -> pattern.matcher(c.name()).find()).toList();
        new Rules(spec).require("--only", "must match the name of a case", only, !chosen.isEmpty());
        return chosen;
    }
}
