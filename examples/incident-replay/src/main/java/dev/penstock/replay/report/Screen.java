package dev.penstock.replay.report;

import java.io.PrintStream;

/** Writes the report: ASCII only, lines that fit, and nothing after the last words. Thread-safe. */
public final class Screen {
    public static final int WIDTH = 100;

    private final PrintStream out;
    private boolean silent; // guarded by this

    public Screen(PrintStream out) {
        this.out = out;
    }

    public void line() {
        line("");
    }

    /** Prints a line; what does not fit goes on below, with the same indentation. */
    public void line(String text) {
        String ascii = Texts.ascii(text);
        int indent = ascii.length() - ascii.stripLeading().length();
        while (ascii.length() > WIDTH) {
            int end = breakBefore(ascii, indent);
            print(ascii.substring(0, end).stripTrailing(), true);
            ascii = " ".repeat(indent) + ascii.substring(end).stripLeading();
        }
        print(ascii, true);
    }

    private static int breakBefore(String text, int indent) {
        int blank = text.lastIndexOf(' ', WIDTH);
        return blank > indent ? blank : WIDTH;
    }

    /** Prints a line as it is, however long: for what is copied into a file. */
    public void verbatim(String text) {
        print(Texts.ascii(text), true);
    }

    /** Prints without ending the line. */
    void part(String text) {
        print(text, false);
    }

    /** Prints the last line; whatever other threads still want to say is dropped. */
    public synchronized void lastWords(String text) {
        print(Texts.cut(Texts.ascii(text), WIDTH), true);
        silent = true;
    }

    private synchronized void print(String text, boolean ends) {
        if (silent) {
            return;
        }
        out.print(ends ? text + "\n" : text);
        out.flush();
    }
}
