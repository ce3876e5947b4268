package dev.penstock.tools.outage;

import dev.penstock.lab.fault.Loopback;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.tools.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code outage}: what callers of seven pools live through while the database is away, and after it.
 *
 * <p>The promise, for Penstock only: no call into the pool takes longer than its limit and 100 ms, nobody hangs when
 * the outage ends, all are served again; after a silent peer within 1.5 s (median, judged from five runs on) and 3 s
 * (worst); through a restart of 8 s with everything at its default no borrow fails.
 */
@Command(
        name = "outage",
        mixinStandardHelpOptions = true,
        description = {
            "20 callers of each pool through each fault and out again, against a real PostgreSQL on the loopback"
                    + " interface. About half an hour, 3 minutes with --quick.",
            "Promised: no call beyond its limit + 100 ms, nobody hung, served again after a silent peer within 1.5 s"
                    + " (median of 5 runs or more) and 3 s (worst), no borrow failed in restart-8s.",
            "Exit code 1 if Penstock breaks its promise or could not be measured. Other pools are not judged."
        })
public final class OutageCommand implements Callable<Integer> {
    private static final List<PoolKind> QUICK_POOLS =
            List.of(PoolKind.HIKARI, PoolKind.AGROAL, PoolKind.DBCP2, PoolKind.PENSTOCK);
    private static final List<Fault> QUICK_FAULTS = List.of(Fault.SILENT, Fault.REFUSED, Fault.KILLED);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--quick",
            description = "Four pools, three faults, outages of 3s, watched for 5s: within 3 minutes.")
    private boolean quick;

    @Option(
            names = {"--pools", "--pool"},
            paramLabel = "NAME",
            split = ",",
            description = "Only these, of: hikari, agroal, dbcp2, tomcat, c3p0, vibur, penstock.")
    private @Nullable List<String> pools;

    @Option(
            names = {"--faults", "--fault"},
            paramLabel = "NAME",
            split = ",",
            description = "Only these, of: silent, refused, black-hole, killed, dead-address, restart-8s,"
                    + " silent-defaults.")
    private @Nullable List<String> faults;

    @Option(
            names = "--outage",
            paramLabel = "TIME",
            description = "How long the database is away, 1s to 5m. Default 10s, 3s with --quick.")
    private @Nullable Duration outage;

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            description = "How long recovery is waited for, 1s to 10m; twice as long where limits are at their"
                    + " defaults. Default 30s, 5s with --quick.")
    private @Nullable Duration watch;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description = "How often each cell runs, 1 to 100. Default ${DEFAULT-VALUE}.")
    private int repeat;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            defaultValue = "target/outage.json",
            description = "Every run goes here. Default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path json;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            defaultValue = "target/outage.md",
            description = "The tables go here. Default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path markdown;

    @Override
    public Integer call() throws Exception {
        OutagePlan plan = plan();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Outage benchmark: " + plan.runs() + " runs; starting PostgreSQL ...");
        out.flush();
        if (plan.faults().contains(Fault.DEAD_ADDRESS)
                && !Loopback.missing(TwoAddressStage.ADDRESSES).isEmpty()) {
            out.println(
                    "NOT MEASURED: this machine has no 127.0.0.2, which dead-address needs; name the other --faults");
            out.flush();
            return 1;
        }
        OutageReport report = run(plan);
        report.lines().forEach(out::println);
        write(json, report.json() + "\n");
        write(markdown, String.join("\n", report.markdown()) + "\n");
        out.println("written: " + json + ", " + markdown);
        out.flush();
        return report.kept() ? 0 : 1;
    }

    private OutageReport run(OutagePlan plan) throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            Surroundings surroundings = Surroundings.of(server);
            PrintWriter progress = spec.commandLine().getErr();
            return new OutageReport(plan, surroundings, new OutageRunner(plan, server, progress).run());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, text);
    }

    private OutagePlan plan() {
        Rules rules = new Rules(spec);
        Duration outageInForce = outage != null ? outage : Duration.ofSeconds(quick ? 3 : 10);
        Duration watchInForce = watch != null ? watch : Duration.ofSeconds(quick ? 5 : 30);
        rules.between("--outage", Duration.ofSeconds(1), Duration.ofMinutes(5), outageInForce);
        rules.between("--watch", Duration.ofSeconds(1), Duration.ofMinutes(10), watchInForce);
        rules.between("--repeat", 1, 100, repeat);
        return new OutagePlan(poolsInForce(rules), faultsInForce(rules), outageInForce, watchInForce, repeat);
    }

    private List<PoolKind> poolsInForce(Rules rules) {
        if (pools == null) {
            return quick ? QUICK_POOLS : List.of(PoolKind.values());
        }
        List<String> known = Stream.of(PoolKind.values()).map(PoolKind::key).toList();
        pools.forEach(name -> rules.require("--pools", "must be of " + known, name, known.contains(name)));
        return Stream.of(PoolKind.values())
                .filter(kind -> pools.contains(kind.key()))
                .toList();
    }

    private List<Fault> faultsInForce(Rules rules) {
        if (faults == null) {
            return quick ? QUICK_FAULTS : List.of(Fault.values());
        }
        List<String> known = Stream.of(Fault.values()).map(Fault::key).toList();
        faults.forEach(name -> rules.require("--faults", "must be of " + known, name, known.contains(name)));
        return Stream.of(Fault.values())
                .filter(fault -> faults.contains(fault.key()))
                .toList();
    }
}
