package dev.penstock.tools.tune.report;

import dev.penstock.tools.tune.report.svg.Element;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One page: no scripts, nothing from elsewhere, and a policy that forbids both. */
final class HtmlReport {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final TuneReport report;
    private final Sizes sizes;

    HtmlReport(TuneReport report) {
        this.report = report;
        this.sizes = Sizes.of(report.findings());
    }

    String page() {
        Element html = Element.of("html")
                .with("xmlns", "http://www.w3.org/1999/xhtml")
                .with("lang", "en")
                .add(head(), Element.of("body").add(main()));
        return "<!DOCTYPE html>\n" + html + "\n";
    }

    private Element head() {
        return Element.of("head")
                .add(
                        Element.of("meta").with("charset", "utf-8"),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with("content", POLICY),
                        meta("viewport", "width=device-width, initial-scale=1"),
                        meta("color-scheme", "light dark"),
                        Element.of("title").text(new Verdicts(report.findings()).title()),
                        Element.of("style").styles(styles()));
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }

    private Element main() {
        Reading reading = new Reading(report);
        return Element.of("main")
                .add(
                        new Hero(report, sizes).html(),
                        Element.of("div", "grid").add(throughput(), latency(), heat(), reading.law()),
                        Element.of("section", "card")
                                .add(
                                        Element.of("h2").text("All sizes"),
                                        new SizeTable(report.findings().goal(), sizes).html()),
                        Element.of("div", "grid").add(reading.surroundings(), Reading.howTo()));
    }

    private Element throughput() {
        return figure(
                "Throughput",
                "Units of work per second that went well",
                Legend.throughput(report.findings()),
                new ThroughputChart(report.findings(), sizes).svg());
    }

    private Element latency() {
        LatencyChart chart = new LatencyChart(report.findings(), sizes);
        String scale = chart.logarithmic() ? " (logarithmic scale)" : "";
        return figure(
                "Latency",
                "99 of 100 units took no longer" + scale,
                Legend.latency(report.findings().goal()),
                chart.svg());
    }

    private Element heat() {
        return figure(
                "Where the time goes",
                "Share of units of work by how long they took, wait and service",
                Legend.heat(report.findings().goal()),
                new HeatMap(report.findings(), sizes).svg());
    }

    private static Element figure(String title, String about, Element legend, Element chart) {
        return Element.of("figure", "card")
                .add(
                        Element.of("figcaption")
                                .add(
                                        Element.of("h2").text(title),
                                        Element.of("p", "about").text(about),
                                        legend),
                        chart);
    }

    private static String styles() {
        try (InputStream css =
                Objects.requireNonNull(HtmlReport.class.getResourceAsStream("page.css"), "page.css is missing")) {
            return Palette.styles() + new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
