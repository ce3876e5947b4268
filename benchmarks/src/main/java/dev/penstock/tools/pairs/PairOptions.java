package dev.penstock.tools.pairs;

import dev.penstock.tools.Rules;
import picocli.CommandLine.Option;

/** The options of a comparison in pairs. Set by picocli; not thread-safe. */
public final class PairOptions {
    @Option(
            names = {"--forks", "--pairs"},
            paramLabel = "N",
            defaultValue = "15",
            description = "JVMs, each of which measures both sides, 2 to 200. Default ${DEFAULT-VALUE}.")
    private int forks;

    @Option(names = "--tls", description = "sslmode=verify-full instead of disable; the host is localhost then.")
    private boolean tls;

    @Option(names = "--check", description = "Exit code 1 if the bound is above that.")
    private boolean check;

    /** Made by picocli. */
    public PairOptions() {}

    /** Refuses what is out of range. */
    public void check(Rules rules) {
        rules.between("--forks", 2, 200, forks);
    }

    /** JVMs that measure. */
    public int forks() {
        return forks;
    }

    /** Whether sessions are encrypted. */
    public boolean tls() {
        return tls;
    }

    /** Whether a broken promise makes an exit code. */
    public boolean isChecked() {
        return check;
    }
}
