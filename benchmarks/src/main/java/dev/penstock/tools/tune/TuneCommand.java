package dev.penstock.tools.tune;

import dev.penstock.internal.failure.Masking;
import dev.penstock.lab.process.Terminal;
import dev.penstock.tools.Rules;
import dev.penstock.tools.server.Login;
import dev.penstock.tools.server.Server;
import dev.penstock.tools.server.ServerOptions;
import dev.penstock.tools.server.TakesLogin;
import dev.penstock.tools.tune.mix.BadMixException;
import dev.penstock.tools.tune.mix.Mix;
import dev.penstock.tools.tune.report.TuneReport;
import dev.penstock.tools.tune.report.TuneReports;
import dev.penstock.tools.tune.search.LoadStoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tune}: which size of a pool a server, a statement mix and a latency target call for. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures pools of several sizes against your server, or against an embedded one without --url, and recommends"
                    + " the smallest that comes near to the best throughput and meets the latency target.",
            "Safe by default: read-only; no more connections than the server has free, less --reserve; ends at the first"
                    + " sign that the server has had enough; leaves nothing behind, after Ctrl-C neither. It is load all"
                    + " the same: not for a server that others need just now.",
            "",
            "A file for --sql:",
            "-- name: find-order, weight: 9",
            "select * from orders where id = :int(1, 100000);",
            "-- name: place-order, weight: 1",
            "begin;",
            "insert into orders (customer, note) values (:int(1, 5000), :text(20));",
            "update customers set orders = orders + 1 where id = :int(1, 5000);",
            "commit;",
            "",
            "Every statement ends with a semicolon and is a unit of work; those from begin to commit are one together, in"
                    + " a transaction on one connection. The comment before a unit is optional. Parameters are drawn for"
                    + " each execution and bound. Each statement is tried once before, and rolled back.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:a size is recommended",
            "  1:none is, or the server had to be left alone before it was known",
            "  2:bad input: an option, a statement, a server that cannot be reached",
            "130:interrupted"
        },
        footer = {
            "",
            "Examples:",
            "  penstock-tools tune --max-time 1m",
            "  PGPASSWORD=... penstock-tools tune --url jdbc:postgresql://db:5432/shop --user app \\",
            "      --sql shop.sql --rate 800 --target-p99 20ms --html tune.html"
        })
public final class TuneCommand implements Callable<Integer>, TakesLogin {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final LoadOptions loads = new LoadOptions();

    @Mixin
    private final SearchOptions searches = new SearchOptions();

    @Mixin
    private final OutputOptions outputs = new OutputOptions();

    /** Made by picocli. */
    public TuneCommand() {}

    @Override
    public Integer call() {
        LiveLine line = new LiveLine(spec.commandLine().getErr(), Terminal.isErrorThere());
        Optional<Server> users = server.server(Target.APPLICATION_NAME);
        loads.check(users.isEmpty());
        searches.check();
        new Rules(spec)
                .require(
                        "--rate",
                        "must go with --target-p99 (else a pool whose queue grows for ever would come near enough to"
                                + " the rate)",
                        "without it",
                        loads.plan().rate() == null || searches.hasTarget());
        users.map(Server::login).map(Login::hosts).ifPresent(this::requireOne);
        outputs.check();
        try {
            return run(users, loads.ownMix(), line);
        } catch (BadMixException e) {
            return failed(line, Refused.BAD_INPUT, e);
        } catch (Refused e) {
            return failed(line, e.exitCode(), e);
        } catch (IOException e) {
            return failed(line, Refused.NOT_MEASURED, new IOException("the report could not be written: " + e, e));
        }
    }

    /** A driver that chooses among servers may choose others for the work than for those who look after it. */
    private void requireOne(String hosts) {
        new Rules(spec).require("--url", "must name one server", hosts, !hosts.contains(","));
    }

    private int failed(LiveLine line, int exitCode, Exception failure) {
        line.note(Masking.mask(failure.getMessage()));
        return exitCode;
    }

    private int run(Optional<Server> users, @Nullable Mix mix, LiveLine line) throws Refused, IOException {
        try (Interrupt interrupt = Interrupt.watch(spec.commandLine().getErr());
                Target target = Target.of(users)) {
            TuneRun run = new TuneRun(target, loads, searches, line, interrupt.stop());
            try {
                TuneReport report = run.run(mix);
                boolean interrupted = interrupt.stop().isRequested();
                if (!interrupted || !report.findings().measured().isEmpty()) {
                    tell(report, line);
                }
                return interrupted ? interrupted(run, line) : end(report, run, line);
            } catch (InterruptedException e) {
                return interrupted(run, line);
            } catch (Refused e) {
                if (interrupt.stop().isRequested()) {
                    return interrupted(run, line); // what fails now fails because of that
                }
                run.leftovers().forEach(line::note);
                throw e;
            } catch (IOException | RuntimeException e) {
                tellTheRest(run, line);
                throw e;
            }
        }
    }

    /** What nobody would know otherwise. */
    private static void tellTheRest(TuneRun run, LiveLine line) {
        run.leftovers().forEach(line::note);
        LoadStoppedException stopped = run.stopped();
        if (stopped != null) {
            line.note(Masking.mask(stopped.getMessage()));
        }
    }

    private static int interrupted(TuneRun run, LiveLine line) {
        List<String> leftovers = run.leftovers();
        line.note("interrupted; "
                + (leftovers.isEmpty() ? "nothing is left on the server" : String.join("; ", leftovers)));
        return Interrupt.EXIT_CODE;
    }

    private void tell(TuneReport report, LiveLine line) throws IOException {
        line.clear();
        PrintWriter out = spec.commandLine().getOut();
        TuneReports.lines(report).forEach(out::println);
        for (Path file : outputs.write(report)) {
            out.println("written: " + file);
        }
        out.flush();
    }

    private static int end(TuneReport report, TuneRun run, LiveLine line) {
        tellTheRest(run, line);
        boolean found =
                run.stopped() == null && report.findings().recommendation().size() != null;
        return found ? 0 : Refused.NOT_MEASURED;
    }
}
