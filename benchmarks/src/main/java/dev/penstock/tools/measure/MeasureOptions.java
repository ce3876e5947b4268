package dev.penstock.tools.measure;

import dev.penstock.tools.Rules;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a command that measures. Set by picocli; not thread-safe. */
public final class MeasureOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--quick", description = "Less of everything; the limits are the same.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            description = "Only measurements whose name contains a match; the names are above.")
    private @Nullable String only;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures into this file as well.")
    private @Nullable Path json;

    /** Made by picocli. */
    public MeasureOptions() {}

    /** Whether the short form is wanted. */
    public boolean quick() {
        return quick;
    }

    /** Of those, in their order, what is to be measured; {@code --only} is refused if that is nothing. */
    public <M> Chosen<M> choose(List<Measurement<M>> all) {
        Rules rules = new Rules(spec);
        String regex = only == null ? "" : only;
        rules.require("--only", "must be a regular expression", regex, isPattern(regex));
        Pattern pattern = Pattern.compile(regex);
        List<Measurement<M>> chosen = all.stream()
                .filter(measurement -> pattern.matcher(measurement.name()).find())
                .toList();
        String names = all.stream().map(Measurement::name).collect(Collectors.joining(", "));
        rules.require("--only", "must match the name of a measurement (" + names + ")", regex, !chosen.isEmpty());
        PrintWriter out = spec.commandLine().getOut();
        return new Chosen<>(chosen, quick, json, out);
    }

    private static boolean isPattern(String regex) {
        try {
            return Pattern.compile(regex) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
