package dev.penstock.tools;

import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses bad input by option, rule and value; the exit code is 2 then. */
public final class Rules {
    private final CommandLine command;

    /** For the options of one command. */
    public Rules(CommandSpec spec) {
        this.command = spec.commandLine();
    }

    /** Both limits are allowed. */
    public void between(String option, long least, long most, long value) {
        require(option, "must be between " + least + " and " + most, value, value >= least && value <= most);
    }

    /** Both limits are allowed. */
    public void between(String option, Duration least, Duration most, Duration value) {
        require(
                option,
                "must be between " + millis(least) + " and " + millis(most),
                millis(value),
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    }

    /** Any rule. */
    public void require(String option, String rule, Object value, boolean kept) {
        if (!kept) {
            throw new ParameterException(command, option + " " + rule + ", but was " + value);
        }
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
