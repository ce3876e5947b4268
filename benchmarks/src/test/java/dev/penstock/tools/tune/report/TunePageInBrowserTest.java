package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.junit.NeedsChromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
@NeedsChromium
class TunePageInBrowserTest {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    /** All letters of the page with their colour and what is behind them. */
    private static final String LETTERS = """
            [...document.body.querySelectorAll('*')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
              .filter(e => !['title', 'desc'].includes(e.localName))
              .map(e => {
                let behind = e;
                const area = () => getComputedStyle(behind).backgroundColor;
                while (behind.parentElement && area().startsWith('rgba')) behind = behind.parentElement;
                const style = getComputedStyle(e);
                return {text: e.textContent, area: area(), letters: e.localName === 'text' ? style.fill : style.color};
              })
            """;

    private static Browser browser;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path profile) {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void allChartsAreThereWithAllTheirPoints() throws IOException {
        TuneReport report = Samples.found();
        open(report, DESKTOP, "light");
        long measured = report.findings().measured().size();

        assertThat(list("[...document.querySelectorAll('svg.chart')].map(s => s.getBoundingClientRect().height)"))
                .hasSize(3)
                .allSatisfy(
                        height -> assertThat(((Number) height).doubleValue()).isGreaterThan(100));
        assertThat(count("svg.throughput .point")).isEqualTo(measured);
        assertThat(count("svg.throughput .law")).isOne();
        assertThat(count("svg.throughput .band")).isOne();
        assertThat(count("svg.throughput .marker")).isOne();
        assertThat(count("svg.latency .point")).isEqualTo(3 * measured);
        assertThat(count("svg.latency .limit")).isOne();
        assertThat(count("svg.heat .cell")).isGreaterThan(20);
        assertThat(list("[...document.querySelectorAll('svg.chart .point')].map(p => p.getBoundingClientRect().width)"))
                .allSatisfy(width -> assertThat(((Number) width).doubleValue()).isGreaterThan(3));
    }

    @Test
    void nothingIsSaidToTheConsoleAndNothingIsAskedOfTheNetwork() throws IOException {
        Path page = open(Samples.found(), DESKTOP, "light");

        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void allLettersCanBeReadIn(String scheme) throws IOException {
        open(Samples.found(), DESKTOP, scheme);

        assertThat(list(LETTERS)).hasSizeGreaterThan(100).allSatisfy(entry -> {
            Map<?, ?> letters = (Map<?, ?>) entry;
            assertThat(Contrast.of(rgb(letters.get("letters")), rgb(letters.get("area"))))
                    .as(letters.toString())
                    .isGreaterThanOrEqualTo(4.5);
        });
        int[] page = rgb(browser.ask("getComputedStyle(document.body).backgroundColor"));
        assertThat(page[0] > 128).isEqualTo(scheme.equals("light"));
    }

    @Test
    void inkIsDarkOnPaperWhateverTheScreenIs() throws IOException {
        open(Samples.found(), DESKTOP, "dark");
        browser.show("print", "dark");

        assertThat(rgb(browser.ask("getComputedStyle(document.querySelector('h1')).color")))
                .isEqualTo(new int[] {0x15, 0x1a, 0x21});
        assertThat(rgb(browser.ask("getComputedStyle(document.querySelector('.card')).backgroundColor")))
                .isEqualTo(new int[] {255, 255, 255});
    }

    @Test
    void aPhoneShowsItWithoutScrollingSideways() throws IOException {
        open(Samples.found(), PHONE, "light");

        assertThat(number("window.innerWidth")).isEqualTo(PHONE);
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(PHONE);
        assertThat(list("[...document.querySelectorAll('svg.chart')].map(s => s.getBoundingClientRect().right)"))
                .allSatisfy(right -> assertThat(((Number) right).doubleValue()).isLessThanOrEqualTo(PHONE));
    }

    @Test
    void hostileTextStaysText() throws IOException {
        String text =
                "</style></title><script>document.title = 'caught'</script><img src=x onerror='alert(1)'>\" onload=\"x";
        Path page = open(Samples.saying(text), PHONE, "light");

        assertThat(count("script, img, [onload], [onerror]")).isZero();
        assertThat(browser.ask("document.title")).isEqualTo("Recommended pool size: 17");
        assertThat((String) browser.ask("document.body.innerText")).contains(text);
        assertThat(browser.requests()).containsExactly(page.toUri().toString());
        assertThat(browser.console()).isEmpty();
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(PHONE);
    }

    private Path open(TuneReport report, int width, String scheme) throws IOException {
        Path page = Files.writeString(folder.resolve("tune.html"), TuneReports.html(report));
        browser.open(page, width, scheme);
        return page;
    }

    private static long count(String selector) {
        return number("document.querySelectorAll(\"" + selector + "\").length");
    }

    private static long number(String expression) {
        return ((Number) browser.ask(expression)).longValue();
    }

    private static List<?> list(String expression) {
        return (List<?>) browser.ask(expression.strip());
    }

    /** Of {@code rgb(1, 2, 3)}. */
    private static int[] rgb(Object colour) {
        return Arrays.stream(colour.toString().replaceAll("[^0-9,]", "").split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
