package dev.penstock.tools.measure;

import dev.penstock.tools.Rules;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
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

    /** Where the figures are written as JSON; null for nowhere. */
    public @Nullable Path json() {
        return json;
    }

    /** Of those, in their order, what is to be measured; {@code --only} is refused if that is nothing. */
    public <M> Chosen<M> choose(List<Measurement<M>> all) {
        return new Chosen<>(
                choose(all, Measurement::name), quick, json, spec.commandLine().getOut());
    }

    /** The same of anything that has names. */
    public <T> List<T> choose(List<T> all, Function<T, String> name) {
        Predicate<String> wanted = wanted();
        List<T> chosen =
                all.stream().filter(one -> wanted.test(name.apply(one))).toList();
        String names = all.stream().map(name).collect(Collectors.joining(", "));
        new Rules(spec)
                .require(
                        "--only",
                        "must match the name of a measurement (" + names + ")",
                        Objects.requireNonNullElse(only, ""),
                        !chosen.isEmpty());
        return chosen;
    }

    /** Whether what has such a name is to be measured; {@code --only} is refused if it is no regular expression. */
    public Predicate<String> wanted() {
        String regex = Objects.requireNonNullElse(only, "");
        new Rules(spec).require("--only", "must be a regular expression", regex, isPattern(regex));
        return Pattern.compile(regex).asPredicate();
    }

    /** Whether everything is. */
    public boolean all() {
        return only == null;
    }

    private static boolean isPattern(String regex) {
        try {
            return Pattern.compile(regex) != null;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
