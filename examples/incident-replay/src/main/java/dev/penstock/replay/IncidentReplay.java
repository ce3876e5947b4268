package dev.penstock.replay;

import dev.penstock.PenstockConfig;
import dev.penstock.lab.fault.StallMonitor;
import dev.penstock.lab.postgres.PostgresServer;
import dev.penstock.lab.process.Terminal;
import dev.penstock.replay.acts.Act;
import dev.penstock.replay.acts.KilledServer;
import dev.penstock.replay.acts.LeakingCode;
import dev.penstock.replay.acts.RunawayWork;
import dev.penstock.replay.acts.SilentServer;
import dev.penstock.replay.acts.TwelveAddresses;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Calm;
import dev.penstock.replay.report.Progress;
import dev.penstock.replay.report.Promise;
import dev.penstock.replay.report.Report;
import dev.penstock.replay.report.Screen;
import dev.penstock.replay.report.Surroundings;
import dev.penstock.replay.report.Texts;
import dev.penstock.replay.report.Verdict;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogManager;

/**
 * Replays the incident: {@code ./mvnw -q -Preplay}. Exit code 0 when every promise was kept, else 1.
 *
 * <p>It runs inside Maven's JVM, so it ends that JVM itself: the last line is the report's, not Maven's.
 */
public final class IncidentReplay {
    private static final String WITHOUT = "./mvnw -q -Preplay -Dpenstock.enabled=false";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Screen screen;
    private final Report report;
    private final Options options;

    private IncidentReplay(Screen screen, Options options) {
        this.screen = screen;
        this.report = new Report(screen);
        this.options = options;
    }

    public static void main(String[] args) {
        LogManager.getLogManager().reset(); // the driver's remarks are not part of the report
        Screen screen = new Screen(System.out);
        System.exit(run(screen, args));
    }

    private static int run(Screen screen, String... args) {
        try {
            Options options = Options.of(args);
            Watchdog.start(LIMIT, screen);
            return new IncidentReplay(screen, options).run();
        } catch (IllegalArgumentException e) {
            screen.lastWords(Texts.of(e));
            return 2;
        }
    }

    private int run() {
        screen.line("Penstock incident replay: plain pgjdbc and HikariCP beside Penstock, on a real PostgreSQL.");
        screen.line("It takes about 95 s and stays on this machine's loopback interface.");
        if (!penstockIsOn()) {
            screen.line("Penstock is switched off (penstock.enabled=false): its promises will be broken.");
        }
        screen.line();
        Verdict verdict;
        try {
            verdict = play();
        } catch (Exception | LinkageError e) {
            screen.line();
            screen.line("The replay could not be played. " + Texts.of(e));
            verdict = new Verdict(
                    List.of(Promise.broken("the replay is played to its end", Texts.cut(Texts.of(e), 40), "yes")));
        }
        report.end(verdict);
        return verdict.exitCode();
    }

    private static boolean penstockIsOn() {
        return PenstockConfig.defaults().enabled();
    }

    private Verdict play() throws SQLException {
        long start = System.nanoTime();
        Progress progress = new Progress(screen, Terminal.isThere(), System::nanoTime);
        progress.tick("Starting PostgreSQL");
        try (PostgresServer server = PostgresServer.start();
                StallMonitor stalls = StallMonitor.start()) {
            Surroundings surroundings = Surroundings.of(server);
            progress.note("PostgreSQL " + surroundings.postgres() + " is running");
            stalls.reset();
            List<Act> acts = List.of(
                    new TwelveAddresses(server),
                    new SilentServer(server),
                    new LeakingCode(server),
                    new RunawayWork(server),
                    new KilledServer());
            List<ActReport> reports = new Programme(acts, progress).run();
            Calm calm = Calm.now(stalls.max());
            for (int i = 0; i < acts.size(); i++) {
                report.act(i + 1, acts.get(i).title(), reports.get(i));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            report.section("MEASURED ON", surroundings.lines(calm, took));
            Verdict verdict = Verdict.of(reports);
            report.section("PROMISES", promises(verdict, calm));
            return verdict;
        }
    }

    private List<String> promises(Verdict verdict, Calm calm) {
        List<String> lines = new ArrayList<>(verdict.table().lines());
        if (options.markdown()) {
            lines.add("");
            lines.addAll(verdict.table().markdown());
        }
        lines.add("");
        lines.add(hint(verdict, calm));
        return lines;
    }

    private static String hint(Verdict verdict, Calm calm) {
        if (!penstockIsOn()) {
            return "Penstock was switched off.";
        }
        return verdict.exitCode() != 0 && calm.isBusy()
                ? "This machine was busy (" + calm.text() + "): try once more on a quiet one."
                : "To see what breaks without Penstock: " + WITHOUT;
    }
}
