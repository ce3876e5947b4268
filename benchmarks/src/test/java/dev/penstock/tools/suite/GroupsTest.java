package dev.penstock.tools.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.tools.ToolsRun;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GroupsTest {
    @Test
    void eachNameIsThereOnceAndCanBeAHeading() {
        assertThat(Groups.all())
                .extracting(Group::name)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name)
                        .isNotBlank()
                        .isEqualTo(name.strip())
                        .doesNotContain("\n")
                        .isNotEqualToIgnoringCase(ResultsWriter.FACTS));
    }

    @Test
    void quicklyIsLessThanFiveMinutes() {
        Duration all = Groups.all().stream()
                .map(group -> group.takes(SuiteEffort.QUICK))
                .reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void theHelpNamesThemAll() {
        String help = ToolsRun.of("bench", "--help").out().replaceAll("\\s+", " ");

        assertThat(Groups.all())
                .allSatisfy(group -> assertThat(help.toLowerCase(Locale.ROOT))
                        .containsPattern("groups:.*[ ,]" + group.name().toLowerCase(Locale.ROOT) + "[,.]"));
        assertThat(help).contains("--quick", "--check", "--tolerance", "limits").doesNotContain("-fork");
    }
}
