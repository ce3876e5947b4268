package dev.penstock.tools.leaks;

import dev.penstock.tools.leaks.MixedLoad.Result;
import dev.penstock.tools.report.Row;
import dev.penstock.tools.report.RowVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who is accused of a leak in a load of which most looks like leaks and is none. */
final class Accusations {
    private Accusations() {}

    static List<Row> rows(Means means) throws InterruptedException {
        Result result = MixedLoad.run(means, 1, means.plan().load());
        List<String> remarks = new ArrayList<>(List.of(
                "tours: " + result.tours(),
                "reports: " + result.verdicts(),
                "suspectAfter " + MixedLoad.SUSPECT_AFTER.toSeconds() + " s"));
        result.accusations().stream()
                .limit(3)
                .forEach(text ->
                        remarks.add("accused: " + text.lines().findFirst().orElse("")));
        result.failures().stream().limit(3).forEach(e -> remarks.add("failed: " + Row.firstLine(e)));
        String minutes = means.plan().load().toMinutes() + " min of mixed load";
        return List.of(
                Row.of(
                                "false accusations in " + minutes,
                                Integer.toString(result.accusations().size()),
                                "0",
                                RowVerdict.of(result.accusations().isEmpty()
                                        && result.failures().isEmpty()))
                        .with(remarks)
                        .with(Map.of("tours", result.tours().toString())),
                Row.of(
                        "planted leaks reported in " + minutes,
                        result.plantedReported() + " of " + result.planted(),
                        "all",
                        RowVerdict.of(result.planted() > 0 && result.plantedReported() == result.planted())));
    }
}
