package dev.penstock.tools.budget;

import dev.penstock.budget.InvalidBudgetException;
import dev.penstock.budget.PoolSizing;
import dev.penstock.budget.Wait;
import dev.penstock.budget.Workload;
import dev.penstock.tools.DecimalConverter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code budget size}: how many connections a pool needs, or how long borrowers wait with so many. */
@Command(
        name = "size",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        description = {
            "Tells how many connections a pool needs so that 99 of 100 borrowers wait no longer than --p99-wait, or with"
                    + " --connections how long they wait in a pool of that size. For one pool: divide the rate of a"
                    + " service by replicas and pools.",
            "Exact for random arrivals and exponential holds (Erlang C); with --hold-deviation or --arrival-variation"
                    + " approximate (Allen-Cunneen), which the result says then, with its measured error."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.OK_SHOWN, ExitCodes.USAGE_SHOWN, ExitCodes.INTERNAL_SHOWN, ExitCodes.NO_OUTPUT_SHOWN},
        footer = {
            "",
            "Examples:",
            "  penstock-tools budget size --rate 200 --hold 20ms --p99-wait 10ms",
            "  penstock-tools budget size --rate 200 --hold 20ms --hold-deviation 80ms --p99-wait 10ms",
            "  penstock-tools budget size --rate 200 --hold 20ms --connections 6 --format json"
        })
final class SizeCommand extends BudgetAction {
    private static final double QUANTILE = 0.99;
    private static final int MOST = 1_000_000;

    /** Which option gives which field; the variation is the square of what the option gives. */
    private static final Map<String, String> OPTIONS = Map.of(
            "arrivalsPerSecond", "--rate",
            "meanHold", "--hold",
            "holdVariation", "--hold-deviation by --hold, squared,",
            "arrivalVariation", "--arrival-variation",
            "longest", "--p99-wait",
            "connections", "--connections");

    /** What is asked for; one of them. */
    static final class Question {
        @Option(
                names = "--p99-wait",
                paramLabel = "TIME",
                required = true,
                description = "What 99 of 100 borrowers may wait at most; 0ms: they do not wait.")
        @Nullable Duration longest;

        @Option(
                names = "--connections",
                paramLabel = "N",
                required = true,
                description = "Size of the pool, 1 to 1000000.")
        @Nullable Integer connections;
    }

    @Option(
            names = "--rate",
            paramLabel = "N",
            required = true,
            converter = DecimalConverter.class,
            description = "Borrows per second from one pool, over the busiest minutes; may have decimals.")
    private double rate;

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            required = true,
            description = "How long a connection is held on average, from borrow to return, for example 20ms or 1.5s.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration hold;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Question question;

    @Option(
            names = "--hold-deviation",
            paramLabel = "TIME",
            description = "Standard deviation of the hold. Default: as long as the hold, which is exponential.")
    private @Nullable Duration deviation;

    @Option(
            names = "--arrival-variation",
            paramLabel = "N",
            defaultValue = "1",
            converter = DecimalConverter.class,
            description = "Variance of the time between two borrows by the square of its mean: 1 for random arrivals, 0"
                    + " for a clock's, more for bursts. Default ${DEFAULT-VALUE}.")
    private double arrivalVariation;

    @Mixin
    private final FormatOption output = new FormatOption();

    @Override
    int run() {
        try {
            Workload workload = workload();
            int connections = question.connections != null ? question.connections : needed(workload);
            return result(page(workload, Wait.of(workload, connections)).as(output.format));
        } catch (InvalidBudgetException e) {
            String option = OPTIONS.getOrDefault(e.field(), e.field());
            throw refused(option + " " + e.rule() + ", but was " + e.value(), e);
        }
    }

    private Workload workload() {
        Workload workload = Workload.random(rate, hold).withArrivalVariation(arrivalVariation);
        return deviation == null ? workload : workload.withHoldDeviation(deviation);
    }

    private int needed(Workload workload) {
        Duration longest = Objects.requireNonNull(question.longest, "one of the two is given");
        return PoolSizing.connections(workload, QUANTILE, longest)
                .orElseThrow(() -> refused(
                        "--rate times --hold must be a load that 1000000 connections can carry, but was "
                                + workload.load(),
                        null));
    }

    private ParameterException refused(String message, @Nullable Throwable cause) {
        return new ParameterException(spec.commandLine(), message, cause);
    }

    private Page page(Workload workload, Wait wait) {
        return new Page()
                .heading(heading(wait))
                .table(Waits.table(around(wait)))
                .lines(List.of("Held on average if nobody waits: " + String.format(Locale.ROOT, "%.3f", workload.load())
                        + " connections."))
                .lines(Waits.worth(workload))
                .field("exact", workload.isExact())
                .field("load", workload.load())
                .fields(Waits.fields(wait))
                .field("remarks", Waits.worth(workload));
    }

    private static String heading(Wait wait) {
        String pool = wait.connections() + (wait.connections() == 1 ? " connection: " : " connections: ");
        if (!wait.isStable()) {
            return pool + "too few, the queue grows for ever";
        }
        Optional<Duration> most = wait.quantile(QUANTILE);
        if (most.equals(Optional.of(Duration.ZERO))) {
            return pool + "99 of 100 borrowers do not wait" + (wait.isExact() ? "" : ", approximately");
        }
        return pool + "99 of 100 borrowers wait at most " + (wait.isExact() ? "" : "about ") + Waits.text(most);
    }

    /** With one less and one more as well, so that it is seen how steep it is there. */
    private static List<Wait> around(Wait wait) {
        List<Wait> waits = new ArrayList<>();
        for (int n = wait.connections() - 1; n <= wait.connections() + 1; n++) {
            if (n >= 1 && n <= MOST) {
                waits.add(Wait.of(wait.workload(), n));
            }
        }
        return waits;
    }
}
