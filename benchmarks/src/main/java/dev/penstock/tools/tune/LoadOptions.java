package dev.penstock.tools.tune;

import dev.penstock.tools.DecimalConverter;
import dev.penstock.tools.Rules;
import dev.penstock.tools.tune.load.LoadPlan;
import dev.penstock.tools.tune.mix.BadMixException;
import dev.penstock.tools.tune.mix.BuiltInMix;
import dev.penstock.tools.tune.mix.Mix;
import dev.penstock.tools.tune.mix.MixReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is done to the server, and by how many. Set by picocli; not thread-safe. */
final class LoadOptions {
    /**
     * More than the largest size that is looked at by default: where each caller has a connection to himself none is handed
     * over any more, and short statements gain more by that than by anything that the size does.
     */
    private static final int CALLERS = 128;

    private static final double MOST_UNITS = 100_000;

    /** Of all that is drawn: two runs differ in what they measure, not in what they do. */
    private static final long SEED = 20_260_801;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--mix",
            paramLabel = "NAME",
            description = "read, write or mixed; the latter two need --allow-writes. read looks things up in the system"
                    + " catalogs, the others, and read with --allow-writes, use tables of their own. Default read.")
    private @Nullable BuiltInMix mix;

    @Option(
            names = "--sql",
            paramLabel = "FILE",
            description = "Your own statements instead; how they are written is told above.")
    private @Nullable Path sql;

    @Option(
            names = "--callers",
            paramLabel = "N",
            description = "Closed loop: so many callers, each with one unit of work after the other, 1 to 1000; more"
                    + " than --sizes, best. Default 128.")
    private @Nullable Integer callers;

    @Option(
            names = "--rate",
            paramLabel = "N",
            converter = DecimalConverter.class,
            description = "Open loop instead: so many units of work per second, whether or not the server keeps up, at"
                    + " random times (Poisson), 0.1 to 100000; takes --target-p99. Waiting counts from when a unit was"
                    + " due.")
    private @Nullable Double rate;

    @Option(names = "--virtual-threads", description = "Callers are virtual threads; takes JDK 21 or later.")
    private boolean virtual;

    @Option(
            names = "--statement-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "Limit of one statement, 100ms to 5m; one that takes longer has failed. Default"
                    + " ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration statementLimit;

    @Option(
            names = "--allow-writes",
            description =
                    "Statements may write, and a schema penstock_tune_... is made for the tables of a built-in mix"
                            + " and dropped at the end. Without it every transaction is read-only. Not needed for the embedded"
                            + " server.")
    private boolean allowWrites;

    void check(boolean embedded) {
        Rules rules = new Rules(spec);
        rules.require("--mix", "must not go with --sql", "both", mix == null || sql == null);
        rules.require("--callers", "must not go with --rate", "both", callers == null || rate == null);
        rules.between("--callers", 1, 1000, callers == null ? CALLERS : callers);
        double units = rate == null ? 1 : rate;
        rules.require("--rate", "must be between 0.1 and 100000", units, units >= 0.1 && units <= MOST_UNITS);
        int java = Runtime.version().feature();
        rules.require(
                "--virtual-threads",
                "must go with JDK " + LoadPlan.FIRST_VIRTUAL + " or later",
                "JDK " + java,
                !virtual || java >= LoadPlan.FIRST_VIRTUAL);
        rules.between("--statement-timeout", Duration.ofMillis(100), Duration.ofMinutes(5), statementLimit);
        rules.require(
                "--mix",
                "must go with --allow-writes if it writes",
                builtIn().name().toLowerCase(Locale.ROOT) + " without it",
                sql != null || !builtIn().writes() || writes(embedded));
    }

    boolean writes(boolean embedded) {
        return allowWrites || embedded;
    }

    /** Whether there are to be tables. The embedded server has nothing that a file could be about. */
    boolean needsTables(boolean embedded) {
        return embedded || (allowWrites && sql == null);
    }

    private BuiltInMix builtIn() {
        return mix == null ? BuiltInMix.READ : mix;
    }

    /** Before the server is asked; null if it is a built-in one, which has to know where its tables are. */
    @Nullable Mix ownMix() throws BadMixException {
        if (sql == null) {
            return null;
        }
        try {
            return MixReader.read(sql.toString(), Files.readString(sql, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--sql must be a file that can be read, but was " + sql + " (" + e + ")", e);
        }
    }

    Mix builtInMix(@Nullable String schema) {
        return builtIn().statements(schema);
    }

    LoadPlan plan() {
        return new LoadPlan(callers == null ? CALLERS : callers, rate, virtual, SEED);
    }

    Duration statementLimit() {
        return statementLimit;
    }
}
