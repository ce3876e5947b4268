package dev.penstock.tools.budget;

import dev.penstock.budget.Assessment;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Verdict;
import dev.penstock.budget.live.Comparison;
import dev.penstock.tools.budget.yaml.BadPlanException;
import dev.penstock.tools.budget.yaml.PlanFile;
import dev.penstock.tools.server.Server;
import dev.penstock.tools.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code budget check}: tells by its exit code whether a plan fits, on paper or on a real server. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        description = {
            "Tells whether a plan fits: a guard before a deployment. With --url the server's own limits count instead of"
                    + " those in the plan, and what is connected to it now is compared with the plan: sessions beyond it"
                    + " make the verdict worse.",
            "'penstock-tools budget --help' shows what a plan looks like."
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            " 0:FITS",
            " 1:TIGHT: it fits, but more than the threshold is used (java itself ends with 1, too, if it cannot start)",
            " 2:OVER: somebody will be refused a connection (SQLState 53300)",
            ExitCodes.USAGE_SHOWN,
            ExitCodes.BAD_FILE_SHOWN,
            ExitCodes.NO_FILE_SHOWN,
            ExitCodes.NO_SERVER_SHOWN,
            ExitCodes.INTERNAL_SHOWN
        },
        footer = {
            "",
            "Examples:",
            "  penstock-tools budget check shop.yaml",
            "  PGPASSWORD=... penstock-tools budget check shop.yaml \\",
            "      --url jdbc:postgresql://db:5432/shop --user app",
            "  penstock-tools budget check shop.yaml --format json | jq -r .verdict"
        })
final class CheckCommand extends BudgetAction {
    @Parameters(paramLabel = "FILE", description = "A plan in YAML.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final FormatOption output = new FormatOption();

    @Override
    int run() throws BadPlanException, IOException, SQLException {
        Plan plan = PlanFile.read(file); // before the server is asked
        Optional<Server> asked = server.server(APPLICATION_NAME);
        Optional<Comparison> comparison = asked.isEmpty()
                ? Optional.empty()
                : Optional.of(asked.get().read().against(plan));
        Assessment assessment = comparison.map(Comparison::assessment).orElseGet(() -> Assessment.of(plan));
        Verdict verdict = comparison.map(Comparison::verdict).orElseGet(assessment::verdict);
        Page page = page(assessment, verdict);
        comparison.ifPresent(compared -> add(page, compared));
        print(page.as(output.format)); // whether or not somebody reads it: the verdict stands
        return ExitCodes.of(verdict);
    }

    private Page page(Assessment assessment, Verdict verdict) {
        Page page = new Page()
                .heading(file.getFileName() + ": " + verdict)
                .table(Accounts.summary(assessment))
                .field("file", file.toString())
                .fields(Accounts.fields(assessment))
                .field("verdict", verdict);
        Accounts.addTo(page, assessment);
        return page;
    }

    private static void add(Page page, Comparison comparison) {
        Sessions.addTo(page, comparison);
        page.field("live", Sessions.fields(comparison));
    }
}
