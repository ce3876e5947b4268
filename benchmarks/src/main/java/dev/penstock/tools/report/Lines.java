package dev.penstock.tools.report;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** Lines for people who watch. */
public final class Lines {
    private Lines() {}

    /** Each is there to be read at once, also through a pipe. */
    public static Consumer<String> to(PrintWriter out) {
        return line -> {
            out.println(line);
            out.flush();
        };
    }
}
