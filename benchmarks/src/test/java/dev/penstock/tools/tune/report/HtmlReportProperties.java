package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.penstock.tools.tune.report.svg.Plot;
import dev.penstock.tools.tune.search.Measured;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.w3c.dom.Element;

class HtmlReportProperties {
    private static final List<String> ACROSS = List.of("x", "x1", "x2", "cx");
    private static final List<String> DOWN = List.of("y", "y1", "y2", "cy");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

    @Provide
    Arbitrary<TuneReport> reports() {
        return AnyReport.any();
    }

    /** Reading it as XML is stricter than any browser. */
    @Property(tries = 150)
    void aSoundPageComesOfAnything(@ForAll("reports") TuneReport report) throws Exception {
        List<Element> page = Page.elements(TuneReports.html(report));

        assertThat(page.stream().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()))
                .doesNotHaveDuplicates()
                .hasSize(6);
        page.forEach(HtmlReportProperties::assertInsideTheChart);
        assertThat(points(page, "throughput")).isEqualTo(count(report, run -> Double.isFinite(run.throughput())));
        assertThat(points(page, "latency"))
                .isEqualTo(count(report, run -> run.times().waited().getTotalCount() > 0)
                        + count(report, run -> run.times().served().getTotalCount() > 0)
                        + count(report, run -> run.times().took().getTotalCount() > 0));
    }

    @Property(tries = 150)
    void soDoTheOtherForms(@ForAll("reports") TuneReport report) {
        assertThat(JsonParser.parseString(TuneReports.json(report)).isJsonObject())
                .isTrue();
        assertThat(TuneReports.lines(report))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain("NaN", "Infinity"));
    }

    private static void assertInsideTheChart(Element element) {
        ACROSS.forEach(name -> assertBetween(element, name, Plot.WIDTH));
        DOWN.forEach(name -> assertBetween(element, name, Plot.HEIGHT));
        for (String coordinate : element.getAttribute("d").split("[ MLZ]+", -1)) {
            assertThat(coordinate)
                    .matches(text -> text.isEmpty() || NUMBER.matcher(text).matches());
        }
    }

    private static void assertBetween(Element element, String name, double most) {
        String value = element.getAttribute(name);
        if (!value.isEmpty()) {
            assertThat(value).matches(NUMBER);
            assertThat(Double.parseDouble(value)).isBetween(0.0, most);
        }
    }

    private static long count(TuneReport report, Predicate<Measured> which) {
        return report.findings().measured().stream().filter(which).count();
    }

    private static long points(List<Element> page, String chart) {
        List<Element> svg = page.stream()
                .filter(e -> e.getAttribute("class").equals("chart " + chart))
                .toList();
        assertThat(svg).hasSize(1);
        return Page.below(svg.get(0)).stream()
                .filter(e -> e.getAttribute("class").startsWith("point"))
                .count();
    }
}
