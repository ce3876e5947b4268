package dev.penstock.replay.report;

import java.util.List;

/** Lays the results out. */
public final class Report {
    private static final String INDENT = "  ";
    private static final String RULE = "-".repeat(Screen.WIDTH);

    private final Screen screen;

    public Report(Screen screen) {
        this.screen = screen;
    }

    /** What came of one act, the first being number 1. */
    public void act(int number, String title, ActReport act) {
        section("ACT " + number + "   " + title, act.lines());
    }

    /** A heading and what belongs under it. Lines of Markdown tables stay whole. */
    public void section(String heading, List<String> lines) {
        heading(heading);
        for (String line : lines) {
            if (line.startsWith("|")) {
                screen.verbatim(line);
            } else {
                screen.line(line.isEmpty() ? "" : INDENT + line);
            }
        }
    }

    private void heading(String text) {
        screen.line();
        screen.line(RULE);
        screen.line(text);
        screen.line(RULE);
    }

    /** The end: nothing can be printed after it. */
    public void end(Verdict verdict) {
        List<String> lines = verdict.lastLines();
        screen.line();
        lines.subList(0, lines.size() - 1).forEach(line -> screen.line(Texts.cut(Texts.ascii(line), Screen.WIDTH)));
        screen.lastWords(lines.get(lines.size() - 1));
    }
}
