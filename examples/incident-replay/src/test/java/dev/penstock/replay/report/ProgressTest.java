package dev.penstock.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong now = new AtomicLong();
    private final Captured captured = new Captured();

    private Progress progress(boolean inPlace) {
        return new Progress(captured.screen(), inPlace, now::get);
    }

    private void pass(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void linesInALogCarryTheTime() {
        Progress progress = progress(false);
        progress.note("begun");
        pass(12);
        progress.about("Act 1");
        progress.note("done");

        assertThat(captured.lines()).containsExactly("  [ 0 s] begun", "  [12 s] Act 1: done");
    }

    @Test
    void aLogHoldsATickEveryFiveSeconds() {
        Progress progress = progress(false);
        for (int i = 0; i < 11; i++) {
            progress.tick("tick " + i);
            pass(1);
        }

        assertThat(captured.lines()).containsExactly("  [ 5 s] tick 5", "  [10 s] tick 10");
    }

    @Test
    void onATerminalATickIsReplacedByTheNextText() {
        Progress progress = progress(true);
        progress.tick("long tick");
        progress.tick("tick");
        progress.note("note");
        progress.tick("t");

        assertThat(captured.text()).isEqualTo("\r  [ 0 s] long tick\r  [ 0 s] tick     \r  [ 0 s] note\n\r  [ 0 s] t");
    }

    @Test
    void aTickThatIsNotReplacedIsCleared() {
        Progress progress = progress(true);
        progress.tick("tick");
        progress.end();
        progress.end();

        assertThat(captured.text()).isEqualTo("\r  [ 0 s] tick\r" + " ".repeat(13) + "\r");
    }

    @Test
    void aTickNeverFillsTheLine() {
        progress(true).tick("x".repeat(200));

        assertThat(captured.text()).hasSize(Screen.WIDTH).endsWith("...");
    }
}
