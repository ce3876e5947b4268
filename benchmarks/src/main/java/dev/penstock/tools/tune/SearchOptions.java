package dev.penstock.tools.tune;

import dev.penstock.tools.Rules;
import dev.penstock.tools.tune.search.Effort;
import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.SearchLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is looked for, and how long. Set by picocli; not thread-safe. */
final class SearchOptions {
    /** Less tells nothing: the smallest, the largest, and the bend in between, one of them twice. */
    static final int FEWEST_MEASUREMENTS = 5;

    private static final Duration LONGEST = Duration.ofHours(24);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--sizes",
            paramLabel = "MIN-MAX",
            defaultValue = "1-64",
            converter = Sizes.Converter.class,
            description =
                    "Pool sizes that may be tried, 1 to 1000; no more than the server has room for, see --reserve."
                            + " Default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Sizes sizes;

    @Option(
            names = "--within",
            paramLabel = "PERCENT",
            defaultValue = "5%",
            converter = PercentConverter.class,
            description =
                    "How much of the best throughput may be missing, 0.1%% to 50%%: the smallest size that comes so"
                            + " near is wanted. Default 5%%.")
    private double within;

    @Option(
            names = "--target-p99",
            paramLabel = "TIME",
            description = "What 99 of 100 units of work may take, waiting and service together, for example 20ms."
                    + " Default: no target.")
    private @Nullable Duration target;

    @Option(
            names = "--measure",
            paramLabel = "TIME",
            defaultValue = "2s",
            description = "How long one measurement lasts, 100ms to 5m. Default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration measure;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Work before that which does not count, 0ms to 5m. Default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration warmUp;

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            defaultValue = "5m",
            description =
                    "It ends by then, with what it knows, and breaks off what is under way; up to 1440m, at least five"
                            + " times --warm-up and --measure together. Default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration maxTime;

    @Option(
            names = "--reserve",
            paramLabel = "N",
            defaultValue = "5",
            description = "Connections of the server that always stay free for others, 0 to 1000. Default"
                    + " ${DEFAULT-VALUE}.")
    private int reserve;

    void check() {
        Rules rules = new Rules(spec);
        rules.require("--within", "must be between 0.1% and 50%", within * 100 + "%", within >= 0.001 && within <= 0.5);
        if (target != null) {
            rules.between("--target-p99", Duration.ofMillis(1), Duration.ofMinutes(1), target);
        }
        rules.between("--measure", Duration.ofMillis(100), Duration.ofMinutes(5), measure);
        rules.between("--warm-up", Duration.ZERO, Duration.ofMinutes(5), warmUp);
        Duration least = effort().total().multipliedBy(FEWEST_MEASUREMENTS);
        rules.require(
                "--max-time",
                "must be between " + least.toMillis() + "ms (" + FEWEST_MEASUREMENTS + " times --warm-up and --measure)"
                        + " and " + LONGEST.toMillis() + "ms",
                maxTime.toMillis() + "ms",
                maxTime.compareTo(least) >= 0 && maxTime.compareTo(LONGEST) <= 0);
        rules.between("--reserve", 0, 1000, reserve);
    }

    boolean hasTarget() {
        return target != null;
    }

    Sizes sizes() {
        return sizes;
    }

    /** With what the server has room for. */
    Goal goal(int largest) {
        return new Goal(sizes.smallest(), largest, within, target);
    }

    /** For all that is done, from the first connection on. */
    Duration maxTime() {
        return maxTime;
    }

    /** Per measurement, and in all, of which so much is left; one there is time for. */
    SearchLimits limits(Duration left) {
        Duration one = effort().total();
        return new SearchLimits(effort(), left.compareTo(one) < 0 ? one : left);
    }

    private Effort effort() {
        return new Effort(warmUp, measure);
    }

    int reserve() {
        return reserve;
    }
}
