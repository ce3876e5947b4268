package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.search.Goal;
import java.util.List;

/** The same table as on the terminal. */
final class SizeTable {
    private final Sizes sizes;
    private final Notes notes;

    SizeTable(Goal goal, Sizes sizes) {
        this.sizes = sizes;
        this.notes = new Notes(goal, sizes);
    }

    Element html() {
        Element table = Element.of("table")
                .add(
                        Element.of("caption")
                                .text("Times in milliseconds. Where a size was measured more than once, medians."),
                        Element.of("thead").add(groups(), columns()),
                        Element.of("tbody")
                                .add(sizes.all().stream().map(this::row).toList()));
        // A wide table scrolls by itself, also by keys; the page does not.
        return Element.of("div", "scroll")
                .with("role", "region")
                .with("aria-label", "Table of all sizes")
                .with("tabindex", "0")
                .add(table);
    }

    private static Element groups() {
        Element row = Element.of("tr").add(cell("th", "").with("colspan", "3"));
        for (Part part : Part.values()) {
            row.add(cell("th", part.title())
                    .with("colspan", "3")
                    .with("scope", "colgroup")
                    .with("class", "group"));
        }
        return row.add(cell("th", "").with("colspan", "3"));
    }

    private static Element columns() {
        Element row = Element.of("tr").add(head("size"), head("runs"), head("units/s"));
        for (int i = 0; i < Part.values().length; i++) {
            Percentiles.SHOWN.forEach(percentile -> row.add(head("p" + percentile.intValue())));
        }
        return row.add(head("CPU"), head("failed"), head("").with("class", "note"));
    }

    private Element row(SizeSummary summary) {
        Element row = Element.of("tr");
        if (sizes.isChosen(summary)) {
            row.with("class", "chosen");
        }
        row.add(
                cell("th", String.valueOf(summary.size())).with("scope", "row"),
                cell("td", String.valueOf(summary.runs().size())),
                cell("td", Numbers.figure(summary.throughput())));
        for (Part part : Part.values()) {
            for (double percentile : Percentiles.SHOWN) {
                row.add(cell("td", Numbers.orDash(summary.percentile(part, percentile), Numbers::millis)));
            }
        }
        List<String> remarks = notes.of(summary);
        return row.add(
                cell("td", Numbers.orDash(summary.serverCpu(), Numbers::percent)),
                cell("td", String.valueOf(summary.failed())).with("class", summary.failed() > 0 ? "bad" : "none"),
                cell("td", String.join(", ", remarks)).with("class", "note"));
    }

    private static Element head(String text) {
        return cell("th", text).with("scope", "col");
    }

    private static Element cell(String name, String text) {
        return Element.of(name).text(text);
    }
}
