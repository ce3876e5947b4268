package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.TuneReport.Surroundings;
import dev.penstock.tools.tune.report.svg.Element;
import dev.penstock.tools.tune.search.Recommendation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The top of the page: the answer, the figures that matter, and the reasons. */
final class Hero {
    private final TuneReport report;
    private final Sizes sizes;

    Hero(TuneReport report, Sizes sizes) {
        this.report = report;
        this.sizes = sizes;
    }

    Element html() {
        Verdicts verdicts = new Verdicts(report.findings());
        Surroundings s = report.surroundings();
        return Element.of("header")
                .add(
                        Element.of("p", "eyebrow")
                                .add(
                                        Element.of("span").text("Pool size for the mix "),
                                        outside(s.mix()),
                                        Element.of("span").text(" on "),
                                        outside(s.server())),
                        Element.of("h1").text(verdicts.title()),
                        Element.of("p", "verdict " + mood()).text(String.join(" ", verdicts.sentences())),
                        tiles())
                .add(reasons());
    }

    /** What comes from outside; whatever direction its letters have, the rest keeps its own. */
    static Element outside(String text) {
        return Element.of("bdi").text(text);
    }

    private String mood() {
        return switch (report.findings().recommendation().verdict()) {
            case FOUND -> "good";
            case CAPPED, POOL_IS_NOT_THE_BOTTLENECK, UNDECIDED -> "caution";
            case TARGET_OUT_OF_REACH -> "bad";
        };
    }

    private List<Element> reasons() {
        List<Element> reasons = new Verdicts(report.findings())
                .reasons().stream()
                        .map(reason -> Element.of("li").add(outside(reason)))
                        .toList();
        return reasons.isEmpty()
                ? List.of()
                : List.of(
                        Element.of("h2").text("Why"),
                        Element.of("ul", "reasons").add(reasons));
    }

    private Element tiles() {
        List<Element> tiles = new ArrayList<>();
        sizes.recommended().ifPresent(chosen -> {
            tiles.add(throughput(chosen));
            tiles.add(p99(chosen));
            chosen.serverCpu()
                    .ifPresent(cpu -> tiles.add(tile("Server CPU", Numbers.percent(cpu), "of its processors in use")));
        });
        Recommendation recommendation = report.findings().recommendation();
        if (recommendation.size() != null && recommendation.least() < recommendation.most()) {
            String range = recommendation.least() + " to " + recommendation.most();
            tiles.add(tile("Confidence", range, "connections, at 95 %"));
        }
        return Element.of("dl", "tiles").add(tiles);
    }

    private Element throughput(SizeSummary chosen) {
        String beside = sizes.best()
                .map(best -> best.equals(chosen)
                        ? "units/s, the best of all"
                        : "units/s, " + Numbers.percent(chosen.throughput() / best.throughput()) + " of the best")
                .orElse("units/s");
        return tile("Throughput", Numbers.figure(chosen.throughput()), beside);
    }

    private Element p99(SizeSummary chosen) {
        Duration target = report.findings().goal().p99();
        String p99 = Numbers.orDash(chosen.percentile(Part.BOTH, Percentiles.TARGET), Numbers::time);
        return tile(
                "p99, wait and service", p99, target == null ? "no target given" : "target " + Numbers.time(target));
    }

    private static Element tile(String name, String value, String beside) {
        return Element.of("div", "tile")
                .add(
                        Element.of("dt").text(name),
                        Element.of("dd", "value").text(value),
                        Element.of("dd", "beside").text(beside));
    }
}
