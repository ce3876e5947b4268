package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.report.svg.Shapes;
import dev.penstock.tools.tune.report.svg.Shapes.Mark;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Goal;
import java.util.ArrayList;
import java.util.List;

/** What the marks of a chart mean, above it; in HTML, so that lines break where the screen ends. */
final class Legend {
    private Legend() {}

    static Element throughput(Findings findings) {
        List<Element> entries = new ArrayList<>();
        entries.add(entry(Shapes.outline(Mark.CIRCLE, 11, 7).with("class", "point"), "one measurement"));
        if (findings.fit() != null) {
            entries.add(entry(Shapes.line("law", 1, 7, 21, 7), "Universal Scalability Law"));
        }
        String near = "within " + Numbers.percent(findings.goal().within()) + " of the best";
        entries.add(entry(Shapes.rectangle(1, 1, 21, 13).with("class", "band"), near));
        return list(entries);
    }

    static Element latency(Goal goal) {
        List<Element> entries = new ArrayList<>();
        for (Part part : Part.values()) {
            Element swatch = Element.of("g", "swatch")
                    .add(
                            Shapes.line("line " + part.title(), 1, 7, 21, 7),
                            Shapes.outline(part.mark(), 11, 7).with("class", "point " + part.title()));
            entries.add(entry(swatch, part.title() + ", " + part.meaning()));
        }
        target(goal, entries);
        return list(entries);
    }

    static Element heat(Goal goal) {
        List<Element> entries = new ArrayList<>();
        for (int i = 0; i < HeatMap.SHADES.size(); i++) {
            Element swatch = Shapes.rectangle(1, 1, 21, 13).with("class", "cell heat" + (i + 1));
            entries.add(entry(swatch, range(i)));
        }
        target(goal, entries);
        return list(entries);
    }

    private static void target(Goal goal, List<Element> entries) {
        if (goal.p99() != null) {
            entries.add(entry(Shapes.line("limit", 1, 7, 21, 7), "target " + Numbers.time(goal.p99())));
        }
    }

    private static String range(int shade) {
        List<Double> shades = HeatMap.SHADES;
        if (shade == 0) {
            return "below " + Numbers.percent(shades.get(1));
        }
        return "from " + Numbers.percent(shades.get(shade));
    }

    private static Element entry(Element swatch, String text) {
        Element picture = Element.of("svg")
                .with("viewBox", "0 0 22 14")
                .with("width", 22)
                .with("height", 14)
                .with("aria-hidden", "true")
                .add(swatch);
        return Element.of("li").add(picture, Element.of("span").text(text));
    }

    private static Element list(List<Element> entries) {
        return Element.of("ul", "legend").add(entries);
    }
}
