package dev.penstock.replay;

import dev.penstock.replay.report.Screen;
import dev.penstock.replay.report.Texts;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends the replay when it hangs: whoever waits for it, a CI for example, gets a last line and an exit code. */
final class Watchdog {
    private Watchdog() {}

    static void start(Duration limit, Screen screen) {
        Thread thread = new Thread(() -> bark(limit, screen), "replay-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private static void bark(Duration limit, Screen screen) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
            screen.line();
            screen.lastWords("BROKEN: the replay ends within " + Texts.of(limit) + ": it did not");
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
