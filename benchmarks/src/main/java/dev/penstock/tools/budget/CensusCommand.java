package dev.penstock.tools.budget;

import dev.penstock.budget.live.Reading;
import dev.penstock.tools.server.ServerOptions;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code budget census}: who is connected to a server, and what is free. */
@Command(
        name = "census",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE,
        exitCodeOnExecutionException = ExitCodes.INTERNAL,
        description = {
            "Tells what a server allows, who is connected to it, and what is free, over one connection that is closed at"
                    + " once.",
        },
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            ExitCodes.OK_SHOWN,
            ExitCodes.USAGE_SHOWN,
            ExitCodes.NO_SERVER_SHOWN,
            ExitCodes.INTERNAL_SHOWN,
            ExitCodes.NO_OUTPUT_SHOWN
        },
        footer = {
            "",
            "Examples:",
            "  PGPASSWORD=... penstock-tools budget census \\",
            "      --url jdbc:postgresql://db:5432/shop --user monitoring",
            "  penstock-tools budget census --url jdbc:postgresql://db:5432/shop \\",
            "      --format json | jq .freeToRole"
        })
final class CensusCommand extends BudgetAction {
    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final FormatOption output = new FormatOption();

    @Override
    int run() throws SQLException {
        Reading reading = server.required(APPLICATION_NAME).read();
        Page page = new Page().fields(Sessions.fields(reading));
        Sessions.addTo(page, reading);
        return result(page.as(output.format));
    }
}
