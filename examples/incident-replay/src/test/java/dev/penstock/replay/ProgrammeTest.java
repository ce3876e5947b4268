package dev.penstock.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.replay.acts.Act;
import dev.penstock.replay.report.ActReport;
import dev.penstock.replay.report.Captured;
import dev.penstock.replay.report.Progress;
import dev.penstock.replay.report.Promise;
import dev.penstock.replay.report.Report;
import dev.penstock.replay.report.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgrammeTest {
    private static final Promise KEPT = Promise.atMost("kept", Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final Promise BROKEN = Promise.atMost("late", Duration.ofSeconds(3), Duration.ofSeconds(2));

    private final Captured captured = new Captured();
    private final List<String> calls = new ArrayList<>();

    private interface Step {
        void run() throws IOException;
    }

    /** Says what is done to it. */
    private final class Scripted implements Act {
        private final String name;
        private final Step play;
        private final Step close;
        private final Promise promise;

        Scripted(String name, Promise promise, Step play, Step close) {
            this.name = name;
            this.promise = promise;
            this.play = play;
            this.close = close;
        }

        @Override
        public String title() {
            return name;
        }

        @Override
        public void play(Progress progress) throws Exception {
            calls.add("play " + name);
            play.run();
        }

        @Override
        public ActReport report(Progress progress) {
            calls.add("report " + name);
            return new ActReport(List.of(name + " was played"), List.of(promise));
        }

        @Override
        public void close() {
            calls.add("close " + name);
            try {
                close.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Act act(String name, Promise promise) {
        return new Scripted(name, promise, () -> {}, () -> {});
    }

    private static void fail(String why) throws IOException {
        throw new IOException(why);
    }

    private List<ActReport> run(Act... acts) {
        return new Programme(List.of(acts), new Progress(captured.screen(), false, () -> 0)).run();
    }

    private Verdict show(List<ActReport> reports) {
        Verdict verdict = Verdict.of(reports);
        new Report(captured.screen()).end(verdict);
        return verdict;
    }

    private String lastLine() {
        return captured.lines().get(captured.lines().size() - 1);
    }

    @Test
    void allActsArePlayedBeforeTheFirstIsReported() {
        Verdict verdict = show(run(act("one", KEPT), act("two", KEPT)));

        assertThat(calls).containsExactly("play one", "play two", "report one", "report two", "close one", "close two");
        assertThat(verdict.exitCode()).isZero();
        assertThat(lastLine()).isEqualTo("All 2 promises were kept.");
    }

    @Test
    void aBrokenPromiseGivesExitCodeOneAndTheLastLine() {
        Verdict verdict = show(run(act("one", BROKEN), act("two", KEPT)));

        assertThat(verdict.exitCode()).isEqualTo(1);
        assertThat(lastLine()).isEqualTo("BROKEN: late: 3 s, limit 2 s");
    }

    @Test
    void anActThatCannotBePlayedIsABrokenPromiseAndTheOthersArePlayed() {
        Act failing = new Scripted("one", KEPT, () -> fail("no address"), () -> {});
        List<ActReport> reports = run(failing, act("two", KEPT));

        assertThat(calls).containsExactly("play one", "play two", "report two", "close one", "close two");
        assertThat(reports.get(0).lines())
                .containsExactly("This act was not played to its end. IOException: no address");
        assertThat(reports.get(1).promises()).containsExactly(KEPT);
        assertThat(show(reports).exitCode()).isEqualTo(1);
        assertThat(lastLine()).startsWith("BROKEN: Act 1 is played to its end: IOException: no address");
    }

    @Test
    void whatCannotBeClosedKeepsNothingElseOpen() {
        Act clinging = new Scripted("one", KEPT, () -> {}, () -> fail("still busy"));
        run(clinging, act("two", KEPT));

        assertThat(calls).endsWith("close one", "close two");
        assertThat(captured.text()).contains("not closed: ").contains("still busy");
    }
}
