package dev.penstock.tools.budget;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Recommendation;
import dev.penstock.budget.Sharing;
import dev.penstock.tools.Rules;
import dev.penstock.tools.budget.yaml.BadPlanException;
import dev.penstock.tools.budget.yaml.PlanFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code budget plan}: adds a plan up and recommends pool sizes. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        description = {
            "Adds a plan up, in steady state and at the worst moment of a rollout, and tells the largest pools that"
                    + " always fit; how large they need to be, 'size' tells. Connects to nothing. The exit code does not tell the verdict: 'check' does that.",
            "'penstock-tools budget --help' shows what a plan looks like."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.OK_SHOWN,
            ExitCodes.USAGE_SHOWN,
            ExitCodes.BAD_FILE_SHOWN,
            ExitCodes.NO_FILE_SHOWN,
            ExitCodes.INTERNAL_SHOWN,
            ExitCodes.NO_OUTPUT_SHOWN
        },
        footer = {
            "",
            "Examples:",
            "  penstock-tools budget plan shop.yaml",
            "  penstock-tools budget plan shop.yaml --sharing weighted --format markdown",
            "  penstock-tools budget plan shop.yaml --pgbouncer-ini --server db:5432",
            "  penstock-tools budget plan shop.yaml --alerts > alerts.yaml",
            "  promtool check rules alerts.yaml"
        })
final class PlanCommand extends BudgetAction {
    private static final String USUAL_LABEL = "application";

    /** What to print; one of them. */
    static final class Output {
        @Option(
                names = "--format",
                paramLabel = "FORMAT",
                description = "One of ${COMPLETION-CANDIDATES}. Default table.")
        @Nullable Format format;

        @Option(
                names = "--pgbouncer-ini",
                arity = "0..1",
                fallbackValue = "",
                paramLabel = "TIER",
                description =
                        "Prints a pgbouncer.ini instead: of that tier, or of the one that is proposed because even"
                                + " the smallest pools do not fit. TIER may be left out if there is only one.")
        @Nullable String ini;

        @Option(
                names = "--alerts",
                description = "Prints alerting rules for Prometheus instead, with the numbers of the plan.")
        boolean alerts;
    }

    @Parameters(paramLabel = "FILE", description = "A plan in YAML.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(
            names = "--sharing",
            paramLabel = "HOW",
            defaultValue = "EQUAL",
            description = "How what there is is shared out: equal, weighted (share.weight) or prioritised"
                    + " (share.priority, 1 first, none gets more than its poolSize). Default equal.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Sharing sharing;

    @Option(
            names = "--server",
            paramLabel = "HOST[:PORT]",
            description = "The PostgreSQL server that pgbouncer.ini names. Default localhost:5432.")
    private @Nullable String server;

    @Option(
            names = "--service-label",
            paramLabel = "LABEL",
            description = "With --alerts: the label of HikariCP's metrics that has the name of the service. Default "
                    + USUAL_LABEL + ".")
    private @Nullable String serviceLabel;

    @ArgGroup
    private Output output = new Output();

    @Override
    int run() throws BadPlanException, IOException {
        check();
        Plan plan = PlanFile.read(file);
        Recommendation recommendation = Recommendation.of(plan, sharing);
        return result(lines(plan, recommendation));
    }

    private void check() {
        Rules rules = new Rules(spec);
        rules.require(
                "--server",
                "must go with --pgbouncer-ini",
                "'" + server + "' without",
                server == null || output.ini != null);
        rules.require(
                "--service-label",
                "must go with --alerts",
                "'" + serviceLabel + "' without",
                serviceLabel == null || output.alerts);
        rules.require(
                "--service-label",
                "must have letters, digits and underscores, no digit at the beginning",
                "'" + serviceLabel + "'",
                serviceLabel == null || serviceLabel.matches("[A-Za-z_][A-Za-z0-9_]*"));
    }

    private List<String> lines(Plan plan, Recommendation recommendation) {
        if (output.alerts) {
            return new AlertRules(serviceLabel == null ? USUAL_LABEL : serviceLabel).of(plan);
        }
        if (output.ini != null) {
            return new IniChoice(spec, this::say).print(plan, recommendation, output.ini, server);
        }
        return page(plan, recommendation).as(output.format == null ? Format.TABLE : output.format);
    }

    private Page page(Plan plan, Recommendation recommendation) {
        Assessment assessment = Assessment.of(plan);
        Page page = new Page()
                .heading(file.getFileName() + ": " + assessment.verdict())
                .table(Accounts.summary(assessment))
                .field("file", file.toString())
                .fields(Accounts.fields(assessment))
                .field("recommendation", Advice.fields(recommendation));
        Accounts.addTo(page, assessment);
        Advice.addTo(page, recommendation);
        return page;
    }
}
