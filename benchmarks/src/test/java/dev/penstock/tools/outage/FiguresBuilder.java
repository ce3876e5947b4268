package dev.penstock.tools.outage;

/** Figures of a run in which all went well, with what a test wants otherwise. */
final class FiguresBuilder {
    private int failed = 40;
    private int failedAfter = 3;
    private double longestMillis = 1010;
    private boolean longestStillRuns;
    private int hung;
    private double recoveryMillis = 800;
    private double stallMillis = 5;
    private String firstFailure = "java.sql.SQLTransientConnectionException: no";

    FiguresBuilder failed(int during, int after) {
        failed = during;
        failedAfter = after;
        return this;
    }

    FiguresBuilder longest(double millis, boolean stillRuns) {
        longestMillis = millis;
        longestStillRuns = stillRuns;
        return this;
    }

    FiguresBuilder hung(int callers) {
        hung = callers;
        return this;
    }

    FiguresBuilder recovery(double millis) {
        recoveryMillis = millis;
        return this;
    }

    FiguresBuilder stall(double millis) {
        stallMillis = millis;
        return this;
    }

    FiguresBuilder firstFailure(String text) {
        firstFailure = text;
        return this;
    }

    Figures build() {
        return new Figures(
                10_001,
                7,
                failed,
                5,
                failedAfter,
                1,
                longestMillis,
                longestStillRuns,
                hung,
                recoveryMillis,
                recoveryMillis + 100,
                10_801,
                12,
                2,
                "one, two",
                stallMillis,
                firstFailure);
    }
}
