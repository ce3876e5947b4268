package dev.penstock.spring.settings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Headroom;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Share;
import dev.penstock.spring.settings.Env;
import dev.penstock.spring.settings.source.Dashed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plans of {@code docs/budget.md} mean here what they mean to the tools. */
class PlansOfTheDocsTest {
    private static final Path DOC = Path.of("..", "docs", "budget.md");
    private static final Pattern FILE = Pattern.compile("(?s)`(\\w+\\.yaml)`:\n\n```yaml\n(.*?)```");
    private static final Pattern FIELDS =
            Pattern.compile("(?m)^\\| (`[a-zA-Z.\\[\\]]+`(?:, `[a-zA-Z.]+`)*) \\| [^|]+ \\|");

    private static final Map<String, Plan> PLANS = Map.of(
            "shop.yaml",
            Plan.of(ServerLimits.of(100))
                    .and(Service.of("web", 4, 10).withReplicas(4, 6))
                    .and(FixedClients.of("cron", 2)),
            "web.yaml",
            Plan.of(ServerLimits.of(100)).and(Service.of("web", 3, 15).withRollout(Rollout.BLUE_GREEN)),
            "jobs.yaml",
            Plan.of(ServerLimits.of(200).withHeadroom(new Headroom(2, 3, 2)))
                    .and(inPlace("gunicorn", 2, 8, 1).withPools(4))
                    .and(inPlace("celery", 2, 10, 1).withPools(2))
                    .and(inPlace("worker", 20, 20, 2))
                    .and(FixedClients.of("beat", 1))
                    .and(FixedClients.of("management", 2)),
            "pooled.yaml",
            Plan.of(ServerLimits.of(120))
                    .and(BouncerTier.of("pgbouncer")
                            .withPools(1, 3)
                            .withPoolSize(25, 5, 80)
                            .withMaxClientConn(1_500))
                    .and(Service.of("api", 40, 20).withVia("pgbouncer"))
                    .and(FixedClients.of("console", 5)));

    private static Service inPlace(String name, int replicas, int poolSize, int priority) {
        return Service.of(name, replicas, poolSize)
                .withRollout(Rollout.IN_PLACE)
                .withShare(Share.EVEN.withPriority(priority));
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher file = FILE.matcher(Files.readString(DOC));
        while (file.find()) {
            files.put(file.group(1), file.group(2));
        }
        return files;
    }

    @Test
    void asFiles(@TempDir Path folder) throws IOException {
        assertThat(documented()).containsOnlyKeys(PLANS.keySet());
        for (Map.Entry<String, String> file : documented().entrySet()) {
            Path path = Files.writeString(folder.resolve(file.getKey()), file.getValue());
            assertThat(planOf(Env.properties("penstock.budget.plan=" + path.toUri())))
                    .as(file.getKey())
                    .isEqualTo(PLANS.get(file.getKey()));
        }
    }

    @Test
    void asProperties() throws IOException {
        documented()
                .forEach((name, text) -> assertThat(planOf(Env.yaml(
                                "penstock.budget.plan:",
                                text.lines().map(line -> "  " + line).collect(Collectors.joining("\n")))))
                        .as(name)
                        .isEqualTo(PLANS.get(name)));
    }

    private static Plan planOf(Env env) {
        return env.configOf("ds").budget().plan();
    }

    @Test
    void theFieldsAreThoseOfTheTable() throws IOException {
        String doc = Files.readString(DOC);
        Matcher row = FIELDS.matcher(doc.substring(doc.indexOf("## The plan file")));
        StringBuilder documented = new StringBuilder();
        while (row.find()) {
            String[] names = row.group(1).replace("`", "").split(", ", -1);
            String owner = names[0].substring(0, names[0].lastIndexOf('.') + 1);
            for (String name : names) {
                documented
                        .append(name.startsWith(".") ? owner + name.substring(1) : name)
                        .append('\n');
            }
        }
        assertThat(documented.toString().replace("[]", "[0]").lines().map(Dashed::of))
                .containsExactlyInAnyOrderElementsOf(PlanFields.all().stream()
                        .map(Object::toString)
                        .filter(field -> !field.contains(".replicas."))
                        .toList());
    }
}
