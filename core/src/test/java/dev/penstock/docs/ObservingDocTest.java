package dev.penstock.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ControlRig;
import dev.penstock.LeaseVerdict;
import dev.penstock.PenstockMXBean;
import dev.penstock.metrics.PenstockMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/observing.md} and {@code docs/leases.md} name what there is, all of it and nothing else. */
class ObservingDocTest {
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| ([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static String doc(String name) throws IOException {
        return Files.readString(Path.of("..", "docs", name));
    }

    private static Stream<String> codeInFirstCells(String text) {
        return FIRST_CELL
                .matcher(text)
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results())
                .map(code -> code.group(1));
    }

    private static Set<String> sorted(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyMeter() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (PenstockMetrics metrics = new PenstockMetrics(new ControlRig().alone("orders")).holdTimes(1)) {
            metrics.bindTo(registry);

            assertThat(sorted(codeInFirstCells(section(doc("observing.md"), "## Metrics"))
                            .filter(name -> name.startsWith("penstock."))))
                    .isEqualTo(sorted(registry.getMeters().stream()
                            .map(meter -> meter.getId().getName())
                            .filter(name -> !name.endsWith(".histogram"))));
        }
    }

    @Test
    void everyAttributeOfTheBean() throws IOException {
        String jmx = section(doc("observing.md"), "## JMX");

        assertThat(sorted(codeInFirstCells(jmx)))
                .isEqualTo(sorted(Arrays.stream(PenstockMXBean.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> name.matches("(get|is)[A-Z].*"))
                        .map(name -> name.replaceFirst("get|is", ""))));
    }

    @Test
    void everyOperationOfTheBean() throws IOException {
        String jmx = section(doc("observing.md"), "## JMX");

        assertThat(Arrays.stream(PenstockMXBean.class.getMethods())
                        .map(Method::getName)
                        .filter(name -> !name.matches("(get|is)[A-Z].*")))
                .allMatch(operation -> jmx.contains("`" + operation + "`") || jmx.contains("`" + operation + "("));
    }

    @Test
    void everyVerdict() throws IOException {
        String table = section(doc("leases.md"), "## Verdicts");

        assertThat(codeInFirstCells(table).toList())
                .containsExactlyElementsOf(
                        Arrays.stream(LeaseVerdict.values()).map(Enum::name).toList());
    }

    private static String section(String text, String title) {
        Matcher section = Pattern.compile("(?ms)^" + title + "$.*?(?=^## |\\z)").matcher(text);
        assertThat(section.find()).as(title).isTrue();
        return section.group();
    }
}
