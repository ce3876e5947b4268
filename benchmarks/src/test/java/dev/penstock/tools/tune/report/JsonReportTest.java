package dev.penstock.tools.tune.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.penstock.tools.tune.search.Findings;
import dev.penstock.tools.tune.search.Measured;
import dev.penstock.tools.tune.search.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private final JsonObject json = read(Samples.found());

    @Test
    void theAnswer() {
        JsonObject recommendation = json.getAsJsonObject("recommendation");

        assertThat(json.get("format").getAsInt()).isEqualTo(1);
        assertThat(recommendation.get("verdict").getAsString()).isEqualTo("FOUND");
        assertThat(recommendation.get("size").getAsInt()).isEqualTo(17);
        assertThat(recommendation.get("least").getAsInt()).isEqualTo(16);
        assertThat(recommendation.get("most").getAsInt()).isEqualTo(18);
        assertThat(recommendation.getAsJsonArray("reasons")).hasSize(3);
    }

    @Test
    void everyMeasurementInItsOrderWithItsPercentiles() {
        Measured second = Samples.found().findings().measured().get(1);
        JsonObject written = json.getAsJsonArray("measurements").get(1).getAsJsonObject();

        assertThat(json.getAsJsonArray("measurements")).hasSize(14);
        assertThat(written.get("size").getAsInt()).isEqualTo(4);
        assertThat(written.get("done").getAsLong()).isEqualTo(second.done());
        assertThat(written.get("throughput").getAsDouble()).isEqualTo(second.throughput());
        assertThat(written.getAsJsonObject("bothMillis").get("p99").getAsDouble())
                .isEqualTo(second.times().took().getValueAtPercentile(99) / 1000.0);
        assertThat(written.getAsJsonObject("waitMillis").keySet())
                .containsExactly("mean", "p50", "p90", "p95", "p99", "p999", "max");
    }

    @Test
    void sizesAreMediansInRisingOrder() {
        JsonArray sizes = json.getAsJsonArray("sizes");

        assertThat(sizes.asList().stream()
                        .map(size -> size.getAsJsonObject().get("size").getAsInt()))
                .containsExactly(1, 4, 16, 17, 18, 20, 24, 32, 64);
        assertThat(sizes.get(3).getAsJsonObject().get("runs").getAsInt()).isEqualTo(3);
    }

    @Test
    void lawAndSurroundings() {
        assertThat(json.getAsJsonObject("fit").get("sigma").getAsDouble()).isEqualTo(0.0278);
        assertThat(json.getAsJsonObject("fit").get("peak").getAsDouble()).isEqualTo(23.9, within(0.1));
        JsonArray sigma = json.getAsJsonObject("fit").getAsJsonObject("bounds").getAsJsonArray("sigma");
        assertThat(sigma).extracting(JsonElement::getAsDouble).containsExactly(0.0265, 0.0291);
        assertThat(json.getAsJsonObject("goal").get("p99Millis").getAsDouble()).isEqualTo(60);
        assertThat(json.getAsJsonObject("surroundings").get("tookSeconds").getAsDouble())
                .isEqualTo(97);
        assertThat(json.getAsJsonObject("surroundings").get("startedAt").getAsString())
                .isEqualTo("2026-11-22T14:03:00Z");
    }

    @Test
    void infinityAndWhatIsNotThereAreNull() {
        Times none = new Times(Times.histogram(), Times.histogram(), Times.histogram());
        Findings f = Samples.notTheBottleneck().findings();
        Measured nothing = new Measured(1, Duration.ZERO, 0, 0, none, null);
        JsonObject json = read(new TuneReport(
                Samples.surroundings("read"),
                new Findings(f.goal(), List.of(nothing), f.fit(), f.recommendation(), null, f.cost())));
        JsonObject written = json.getAsJsonArray("measurements").get(0).getAsJsonObject();

        assertThat(json.getAsJsonObject("fit").get("peak").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("goal").get("p99Millis").isJsonNull()).isTrue();
        assertThat(written.get("throughput").isJsonNull()).isTrue();
        assertThat(written.get("serverCpu").isJsonNull()).isTrue();
        assertThat(written.get("bothMillis").isJsonNull()).isTrue();
    }

    @Test
    void hostileTextIsReadBackAsItWas() {
        String text = "\"\\\u0000\u2028</script>\ud800";

        assertThat(read(Samples.saying(text))
                        .getAsJsonObject("surroundings")
                        .get("mix")
                        .getAsString())
                .isEqualTo(text);
    }

    /** They are a promise. */
    @Test
    void everyNameIsExplained() throws IOException {
        String doc = Files.readString(Path.of("..", "docs", "tuning.md"));

        assertThat(names(json))
                .hasSizeGreaterThan(40)
                .allSatisfy(name -> assertThat(doc).contains("`" + name + "`"));
    }

    private static Set<String> names(JsonElement json) {
        Set<String> names = new TreeSet<>();
        if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(element -> names.addAll(names(element)));
        } else if (json.isJsonObject()) {
            names.addAll(json.getAsJsonObject().keySet());
            json.getAsJsonObject().asMap().values().forEach(value -> names.addAll(names(value)));
        }
        return names;
    }

    private static JsonObject read(TuneReport report) {
        return JsonParser.parseString(TuneReports.json(report)).getAsJsonObject();
    }
}
