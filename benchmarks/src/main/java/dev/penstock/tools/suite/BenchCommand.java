package dev.penstock.tools.suite;

import dev.penstock.tools.Rules;
import dev.penstock.tools.addresses.RaceForkCommand;
import dev.penstock.tools.borrow.BorrowBenchCommand;
import dev.penstock.tools.connect.ConnectBenchCommand;
import dev.penstock.tools.connect.ConnectForkCommand;
import dev.penstock.tools.gate.GateBenchCommand;
import dev.penstock.tools.limits.LimitsBenchCommand;
import dev.penstock.tools.limits.LimitsForkCommand;
import dev.penstock.tools.measure.MeasureOptions;
import dev.penstock.tools.report.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench}: what things cost; all of it, or one of the subcommands, which have options of their own. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures what Penstock costs beside bare HikariCP, or the plain driver, in the same run: all groups of"
                    + " benchmarks, or one by its subcommand, with options of its own.",
            "About an hour; less than 5 minutes with --quick, which has 3 forks (memory: 2) instead of 5 to 10, warms"
                    + " up less, leaves out other pools, deep stacks, holds, and all but 1 and 8 threads, so virtual ones"
                    + " too, and calls a promise broken only where the whole 95 %% interval is beyond it.",
            "Exit code 1 if a group could not be measured; with --check also if a promise is broken, or a ratio is"
                    + " worse than that of the results, or missing."
        },
        subcommands = {
            ConnectBenchCommand.class,
            GateBenchCommand.class,
            BorrowBenchCommand.class,
            LimitsBenchCommand.class,
            ConnectForkCommand.class,
            RaceForkCommand.class,
            LimitsForkCommand.class
        })
public final class BenchCommand implements Callable<Integer> {
    /** In the working directory of whoever works on Penstock. */
    static final Path RESULTS = Path.of("benchmarks", "RESULTS.md");

    private static final double PERCENT = 100;

    private final List<Group> groups;
    private final Surroundings surroundings;
    private final Path usualResults;

    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MeasureOptions options;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Writes the tables into this Markdown file; with --check compares with it instead. Default"
                    + " benchmarks/RESULTS.md, which is written only if it is there and everything was measured in"
                    + " full.")
    private @Nullable Path results;

    @Option(names = "--check", description = "Compares the ratios with those of the results, which stay as they are.")
    private boolean check;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            description = "With --check: how much more a ratio may be, both intervals allowed for; 0 to 1000. Default"
                    + " 10.")
    private @Nullable Double tolerance;

    /** Made by picocli. */
    public BenchCommand() {
        this(Groups.all(), Surroundings.real(), RESULTS);
    }

    /** With other groups. */
    BenchCommand(List<Group> groups, Surroundings surroundings, Path usualResults) {
        this.groups = groups;
        this.surroundings = surroundings;
        this.usualResults = usualResults;
    }

    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        spec.usageMessage()
                .footer("Groups: " + groups.stream().map(Group::name).collect(Collectors.joining(", ")) + ".");
    }

    @Override
    public Integer call() throws Exception {
        List<Group> chosen = options.choose(groups, Group::name);
        checkOptions();
        SuiteReport old = check ? read(resultsInForce()) : null;
        Consumer<String> out = Lines.to(spec.commandLine().getOut());
        SuiteReport report = run(chosen, out);
        out.accept("");
        report.verdict().forEach(out);
        write(report, out);
        return old == null ? report.complete() ? 0 : 1 : compare(old, report, out);
    }

    private void checkOptions() {
        Rules rules = new Rules(spec);
        double percent = tolerance == null ? 0 : tolerance;
        rules.require("--tolerance", "must be between 0 and 1000", percent, percent >= 0 && percent <= 1000);
        rules.require("--tolerance", "must go with --check", percent, tolerance == null || check);
        requireFolder(rules, "--results", results);
        requireFolder(rules, "--json", options.json());
    }

    /** Rather now than after an hour. */
    private static void requireFolder(Rules rules, String option, @Nullable Path file) {
        if (file != null) {
            Path folder = file.toAbsolutePath().getParent();
            boolean writable = folder != null && Files.isDirectory(folder) && !Files.isDirectory(file);
            rules.require(option, "must be a file in a directory that exists", file, writable);
        }
    }

    private Path resultsInForce() {
        return results == null ? usualResults : results;
    }

    private SuiteReport read(Path file) {
        Rules rules = new Rules(spec);
        rules.require("--results", "must be a file to compare with", file + ", which is not there", Files.exists(file));
        try {
            return ResultsReader.read(file);
        } catch (IOException | BadResultsException e) {
            rules.require("--results", "must be what bench has written", file + ", " + e.getMessage(), false);
            throw new IllegalStateException(e);
        }
    }

    private SuiteReport run(List<Group> chosen, Consumer<String> out) throws InterruptedException {
        SuiteEffort effort = options.quick() ? SuiteEffort.QUICK : SuiteEffort.FULL;
        Map<String, String> facts = new LinkedHashMap<>(surroundings.atBegin());
        facts.forEach((what, is) -> out.accept(what + ": " + is));
        List<GroupResult> measured = new SuiteRun(effort, out).run(chosen);
        facts.putAll(surroundings.atEnd());
        return new SuiteReport(effort, facts, measured);
    }

    private void write(SuiteReport report, Consumer<String> out) throws IOException {
        Path json = options.json();
        if (json != null) {
            Files.writeString(json, SuiteJson.of(report) + "\n");
            out.accept("written: " + json);
        }
        boolean usual = options.all() && !options.quick() && Files.exists(usualResults);
        if (!check && (results != null || usual)) {
            writeTables(report, out);
        }
    }

    /** The usual results are what every check compares with: a group that failed must not take its rows out of them. */
    private void writeTables(SuiteReport report, Consumer<String> out) throws IOException {
        if (results == null && !report.complete()) {
            out.accept("not written, because not everything was measured: " + usualResults);
        } else {
            Files.writeString(resultsInForce(), ResultsWriter.markdown(report));
            out.accept("written: " + resultsInForce());
        }
    }

    private int compare(SuiteReport old, SuiteReport report, Consumer<String> out) {
        out.accept("compared with " + resultsInForce() + ", which were measured in "
                + old.effort().name().toLowerCase(Locale.ROOT) + " mode"
                + (old.effort() == report.effort() ? "" : " (what is less warm has other ratios)") + ":");
        old.facts().forEach((what, is) -> out.accept("  " + what + ": " + is));
        double tolerated = (tolerance == null ? 10 : tolerance) / PERCENT;
        ResultsCheck result = ResultsCheck.of(old, report.rounded(), new Scope(options.wanted(), groups), tolerated);
        result.lines().forEach(out);
        return result.passed() && report.kept() ? 0 : 1;
    }
}
