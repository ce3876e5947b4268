package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.tune.search.Goal;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Recommendation;
import dev.penstock.tools.tune.search.Recommendation.Verdict;
import dev.penstock.tools.tune.search.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class HtmlReportTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theAnswerComesFirstThenChartsThenTheTable() throws Exception {
        String html = kept("found", TuneReports.html(Samples.found()));
        kept("lock", TuneReports.html(Samples.notTheBottleneck()));

        assertThat(html)
                .containsSubsequence(
                        "<h1>Recommended pool size: 17</h1>",
                        "With 95 % confidence that size is between 16 and 18.",
                        "Size 17 reaches 1887/s",
                        "chart throughput",
                        "chart latency",
                        "chart heat",
                        "<table>",
                        "Where it was measured",
                        "How to read it");
    }

    @Test
    void aPolicyForbidsAllThatThePageDoesNotNeed() throws Exception {
        List<Element> page = Page.elements(TuneReports.html(Samples.found()));

        assertThat(page).anySatisfy(e -> {
            assertThat(e.getAttribute("http-equiv")).isEqualTo("Content-Security-Policy");
            assertThat(e.getAttribute("content")).isEqualTo("default-src 'none'; style-src 'unsafe-inline'");
        });
        assertThat(page).allSatisfy(e -> {
            assertThat(e.getTagName()).isNotIn("script", "img", "link", "iframe", "object", "image", "use");
            assertThat(e.hasAttribute("href") || e.hasAttribute("src") || e.hasAttribute("style"))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</style><b>",
                "\" onload=\"alert(1)",
                "' onload='alert(1)",
                "&lt;&amp;&#0;",
                "]]>",
                "<!--",
                "\u0000\u001b\ufffe\ud800",
                "\u202egnp.exe"
            })
    void whatComesFromOutsideStaysText(String text) throws Exception {
        List<Element> page = Page.elements(TuneReports.html(Samples.saying(text)));
        String shown = text.replaceAll("[\\p{Cntrl}\\ufffe\\x{d800}]", "\ufffd");

        assertThat(page).noneSatisfy(e -> assertThat(e.getTagName()).isIn("script", "b"));
        assertThat(page).noneMatch(e -> e.hasAttribute("onload"));
        assertThat(page.stream()
                        .filter(e -> e.getTagName().equals("bdi"))
                        .filter(e -> e.getTextContent().equals(shown)))
                .hasSizeGreaterThanOrEqualTo(8);
    }

    @Test
    void screenReadersAreToldWhatChartsShow() throws Exception {
        List<Element> page = Page.elements(TuneReports.html(Samples.found()));
        List<Element> charts =
                page.stream().filter(e -> e.getAttribute("role").equals("img")).toList();

        assertThat(charts).hasSize(3).allSatisfy(chart -> {
            assertThat(chart.getElementsByTagName("title").item(0).getTextContent())
                    .isNotBlank();
            assertThat(chart.getElementsByTagName("desc").item(0).getTextContent())
                    .isNotBlank();
            assertThat(page.stream().map(e -> e.getAttribute("id")))
                    .contains(chart.getAttribute("aria-labelledby").split(" ", -1));
        });
    }

    @Test
    void ofOneSizeWithoutALawOrATarget() throws Exception {
        String html = page(Verdict.UNDECIDED, null, List.of(run(8, 100, 0, 5_000)));

        assertThat(Page.elements(html)).isNotEmpty();
        assertThat(html).contains("No law was fitted").doesNotContain("class=\"limit\"", "class=\"marker\"");
    }

    @Test
    void whenAllHasFailed() throws Exception {
        String html = kept("failed", page(Verdict.UNDECIDED, null, List.of(run(4, 0, 10, 1), run(8, 0, 10, 1))));

        assertThat(Page.elements(html)).isNotEmpty();
        assertThat(html)
                .contains("No unit of work went well.", "<td class=\"bad\">10</td>")
                .doesNotContain("best throughput</td>");
    }

    @Test
    void nothingAtAll() throws Exception {
        assertThat(Page.elements(page(Verdict.UNDECIDED, null, List.of()))).isNotEmpty();
    }

    @Test
    void of64SizesSomeAreNamedBelowTheHeatMap() throws Exception {
        List<Measured> all = IntStream.rangeClosed(1, 64)
                .mapToObj(size -> run(size, size * 100L, 0, size * 1_000L))
                .toList();
        Element heat = Page.elements(kept("64", page(Verdict.FOUND, 40, all))).stream()
                .filter(e -> e.getAttribute("class").equals("chart heat"))
                .findFirst()
                .orElseThrow();

        assertThat(Page.below(heat).stream()
                        .filter(e -> e.getAttribute("class").equals("tick middle"))
                        .map(Element::getTextContent))
                .hasSizeBetween(8, 20)
                .startsWith("1");
    }

    @Test
    void aRecommendedSizeThatWasNotMeasuredIsMarkedInTheChartOnly() {
        String html = page(Verdict.FOUND, 6, List.of(run(4, 10, 0, 5), run(8, 10, 0, 5)));

        assertThat(html).contains("recommended: 6").doesNotContain("class=\"chosen\"");
    }

    @Test
    void aTimeOfHoursIsDrawnToo() throws Exception {
        String html =
                page(Verdict.FOUND, 4, List.of(run(4, 10, 0, Duration.ofHours(5).toMillis() * 1000)));

        assertThat(Page.elements(html)).isNotEmpty();
        assertThat(html).contains("p99 18,");
    }

    /** In target, for people to look at. */
    private static String kept(String name, String html) throws IOException {
        Files.writeString(Path.of("target", "tune-" + name + ".html"), html);
        return html;
    }

    private static String page(Verdict verdict, Integer size, List<Measured> measured) {
        return TuneReports.html(Samples.report(
                Samples.surroundings("read"),
                new Goal(1, 64, 0.05, null),
                measured,
                null,
                new Recommendation(verdict, size, 0, 0, List.of())));
    }

    private static Measured run(int size, long good, long failed, long micros) {
        Times times = new Times(Times.histogram(), Times.histogram(), Times.histogram());
        times.waited().recordValue(0);
        times.served().recordValue(micros);
        times.took().recordValue(micros);
        return new Measured(size, SECOND, good + failed, failed, times, null);
    }
}
