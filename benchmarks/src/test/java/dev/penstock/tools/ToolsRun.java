package dev.penstock.tools;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What the command line printed, and its exit code.
 *
 * @param exit 2 for bad input
 */
public record ToolsRun(int exit, String out, String err) {
    /** In this JVM. */
    public static ToolsRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = PenstockTools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new ToolsRun(exit, out.toString(), err.toString());
    }

    @Override
    public String toString() {
        return "exit code " + exit + "\n" + out + "\n" + err;
    }
}
