package dev.penstock.replay.report;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What is being done just now, with the seconds since the start: rewritten in place on a terminal, plain lines
 * elsewhere. Used by one thread.
 */
public final class Progress {
    /** A log file need not hold every second of a wait. */
    private static final long PLAIN_TICK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Screen screen;
    private final boolean inPlace;
    private final LongSupplier nanoTime;
    private final long start;
    private String subject = "";
    private long lastTick;
    private int shown; // length of the text that a tick has left on the line

    public Progress(Screen screen, boolean inPlace, LongSupplier nanoTime) {
        this.screen = screen;
        this.inPlace = inPlace;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastTick = start;
    }

    /** What all texts are about from now on, for example {@code Act 1}; empty for nothing in particular. */
    public void about(String subject) {
        this.subject = subject.isEmpty() ? "" : subject + ": ";
    }

    /** Something was done or found out: a line that stays. */
    public void note(String text) {
        lastTick = nanoTime.getAsLong();
        if (inPlace) {
            rewrite(stamped(text));
            screen.line();
            shown = 0;
        } else {
            screen.line(stamped(text));
        }
    }

    /** The state of something that takes its time: on a terminal the next text replaces it. */
    public void tick(String text) {
        if (inPlace) {
            rewrite(stamped(text));
        } else if (nanoTime.getAsLong() - lastTick >= PLAIN_TICK_NANOS) {
            lastTick = nanoTime.getAsLong();
            screen.line(stamped(text));
        }
    }

    /** Clears what the last tick left. */
    public void end() {
        if (shown > 0) {
            rewrite("");
            screen.part("\r");
        }
    }

    private String stamped(String text) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
        return String.format(Locale.ROOT, "  [%2d s] %s", seconds, Texts.ascii(subject + text));
    }

    /** Blanks cover what is left of the text before, and no more: on a narrow terminal they would wrap. */
    private void rewrite(String text) {
        String fitting = Texts.cut(text, Screen.WIDTH - 1);
        screen.part("\r" + fitting + " ".repeat(Math.max(0, shown - fitting.length())));
        shown = fitting.length();
    }
}
