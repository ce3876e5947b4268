package dev.penstock.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/spring-actuator.md}: its examples have the fields that answers have, all of them and no other. */
class ActuatorDocTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static String doc() throws IOException {
        return Files.readString(Path.of("..", "docs", "spring-actuator.md"));
    }

    private static String example(Class<?> type) throws IOException {
        Matcher block = Pattern.compile("(?s)<!-- " + type.getSimpleName() + " -->\\n```json\\n(.*?)```")
                .matcher(doc());
        assertThat(block.find()).as(type.getSimpleName()).isTrue();
        return block.group(1);
    }

    /** What is read into a record and written again is the same only if nothing is missing and nothing made up. */
    @ParameterizedTest
    @ValueSource(classes = {PoolsOverview.class, PoolDetails.class, Done.class})
    void itsExamplesAreAnswers(Class<?> type) throws IOException {
        JsonNode example = JSON.readTree(example(type));
        String again = JSON.writeValueAsString(JSON.treeToValue(example, type));
        assertThat(JSON.readTree(again)).isEqualTo(example);
    }

    @Test
    void everyActionIsInTheTable() throws IOException {
        List<String> named = Pattern.compile("(?m)^\\| (`[^|]*`) \\|")
                .matcher(doc().substring(doc().indexOf("### Switches")))
                .results()
                .flatMap(row -> Arrays.stream(row.group(1).split(", ")))
                .map(name -> name.replace("`", ""))
                .filter(name -> name.matches("[a-z-]+"))
                .toList();
        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Action.values()).map(Action::text).toList());
    }
}
