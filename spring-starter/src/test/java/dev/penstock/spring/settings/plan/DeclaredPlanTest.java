package dev.penstock.spring.settings.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.PenstockConfig;
import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Headroom;
import dev.penstock.budget.Memory;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Share;
import dev.penstock.budget.ThreadUse;
import dev.penstock.budget.Thresholds;
import dev.penstock.spring.settings.Env;
import dev.penstock.spring.settings.source.InvalidPropertyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredPlanTest {
    private static final String PLAN = "penstock.budget.plan.";

    /** Everything that a plan can have, nothing of it at its default. */
    static final Plan FULL = Plan.of(ServerLimits.of(500)
                    .withReserved(4, 2)
                    .withRoleLimit(400)
                    .withDatabaseLimit(450)
                    .withOthers(5)
                    .withHeadroom(new Headroom(1, 2, 3))
                    .withMemory(new Memory(4_000, 9)))
            .and(new BouncerTier("bouncer", 2, Rollout.perCent(50), 2, 3, 25, 5, 80, 1_500))
            .and(Service.of("web", 4, 10)
                    .withReplicas(4, 6)
                    .withRollout(Rollout.BLUE_GREEN)
                    .withPools(2)
                    .withThreads(new ThreadUse(3, 2))
                    .withShare(new Share(2, 3, 20))
                    .withVia("bouncer"))
            .and(Service.of("jobs", 1, 2).withRollout(Rollout.count(1)))
            .and(new FixedClients("cron", 2, "bouncer"))
            .withThresholds(new Thresholds(70, 90))
            .withRolloutsAtOnce(1);

    private static final String[] FULL_YAML = {
        "server:",
        "  maxConnections: 500",
        "  superuserReserved: 4",
        "  reserved: 2",
        "  roleLimit: 400",
        "  database-limit: 450",
        "  others: 5",
        "  headroom: {migrations: 1, monitoring: 2, people: 3}",
        "  memory: {forConnections: 4000, per-connection: 9}",
        "services:",
        "  - name: web",
        "    replicas: {steady: 4, maximum: 6}",
        "    rollout: blue-green",
        "    pools: 2",
        "    poolSize: 10",
        "    threads: 3",
        "    connections-per-thread: 2",
        "    share: {weight: 2, priority: 3, most: 20}",
        "    via: bouncer",
        "  - name: jobs",
        "    replicas: 1",
        "    rollout: 1",
        "    pool-size: 2",
        "tiers:",
        "  - name: bouncer",
        "    instances: 2",
        "    rollout: 50%",
        "    databases: 2",
        "    usersPerDatabase: 3",
        "    defaultPoolSize: 25",
        "    reservePoolSize: 5",
        "    maxDbConnections: 80",
        "    maxClientConn: 1500",
        "clients:",
        "  - {name: cron, connections: 2, via: bouncer}",
        "thresholds: {steady: 70, rollout: 90}",
        "rolloutsAtOnce: 1"
    };

    private static String[] inProperties(String... lines) {
        return Stream.concat(
                        Stream.of("penstock.budget.service: web", "penstock.budget.plan:"),
                        Arrays.stream(lines).map(line -> "  " + line))
                .toArray(String[]::new);
    }

    private static Plan planOf(Env env) {
        return env.configOf("ds").budget().plan();
    }

    @Test
    void everyFieldIsRead() {
        assertThat(planOf(Env.yaml(inProperties(FULL_YAML)))).isEqualTo(FULL);
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheLibrary() {
        assertThat(planOf(Env.properties(
                        PLAN + "server.max-connections=100",
                        PLAN + "server.role-limit=none",
                        PLAN + "rollouts-at-once=all",
                        PLAN + "services[0].name=web",
                        PLAN + "services[0].replicas=4",
                        PLAN + "services[0].pool-size=10",
                        PLAN + "tiers[0].name=bouncer",
                        PLAN + "server.memory.for-connections=1000")))
                .isEqualTo(Plan.of(ServerLimits.of(100).withMemory(new Memory(1_000, Memory.USUAL_PER_CONNECTION)))
                        .and(Service.of("web", 4, 10))
                        .and(BouncerTier.of("bouncer")));
    }

    @Test
    void aNumberOfItMayComeFromTheProcess() {
        Env env = Env.empty()
                .andVariables(Map.of("PENSTOCK_BUDGET_PLAN_SERVER_MAXCONNECTIONS", "200"))
                .andYaml(inProperties(FULL_YAML));

        assertThat(planOf(env))
                .isEqualTo(FULL.withServer(new ServerLimits(
                        200,
                        4,
                        2,
                        400,
                        450,
                        5,
                        FULL.server().headroom(),
                        FULL.server().memory())));
    }

    @Test
    void aListComesFromOneSourceAsAnywhereInSpring() {
        Env env = Env.properties(
                        PLAN + "services[0].name=web", PLAN + "services[0].replicas=1", PLAN + "services[0].poolSize=3")
                .andYaml(inProperties(FULL_YAML));

        assertThat(planOf(env).services()).containsExactly(Service.of("web", 1, 3));
        assertThat(planOf(env).tiers()).isEqualTo(FULL.tiers());
    }

    @Test
    void aPoolMayHaveItsOwn() {
        Env env = Env.properties(
                PLAN + "server.max-connections=100",
                "penstock.pools.orders.budget.plan.server.max-connections=50",
                "penstock.pools.orders.budget.plan.services[0].name=shop",
                "penstock.pools.orders.budget.plan.services[0].replicas=2",
                "penstock.pools.orders.budget.plan.services[0].pool-size=5");

        PenstockConfig orders = env.configOf("orders");
        assertThat(orders.budget().plan())
                .isEqualTo(Plan.of(ServerLimits.of(50)).and(Service.of("shop", 2, 5)));
        assertThat(orders.originOf("penstock.budget.plan")).isEqualTo("application.properties - 2:58");
        assertThat(env.configOf("billing").budget().plan()).isEqualTo(Plan.of(ServerLimits.of(100)));
    }

    // ---- a file ------------------------------------------------------------------------------------

    @TempDir
    Path folder;

    private Env file(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("shop.yaml"), List.of(lines));
        return Env.properties("penstock.budget.plan=" + file.toUri(), "penstock.budget.service=web");
    }

    @Test
    void itMayStandInAFile() throws IOException {
        PenstockConfig config = file(FULL_YAML).configOf("ds");

        assertThat(config.budget().plan()).isEqualTo(FULL);
        assertThat(config.originOf("penstock.budget.plan")).isEqualTo("application.properties - 1:22");
    }

    @Test
    void orOnTheClassPath() {
        assertThat(planOf(Env.properties("penstock.budget.plan=classpath:dev/penstock/spring/shop.yaml")))
                .isEqualTo(Plan.of(ServerLimits.of(100))
                        .and(Service.of("web", 4, 10).withReplicas(4, 6))
                        .and(FixedClients.of("cron", 2)));
    }

    @Test
    void whatIsWrongInAFileIsToldWithItsLine() throws IOException {
        InvalidPropertyException refused = catchThrowableOfType(
                InvalidPropertyException.class,
                file(
                        "server:",
                        "  maxConnections: 100",
                        "services:",
                        "  - name: web",
                        "    replicas: 2",
                        "    poolsize: 0")::settings);

        assertThat(refused.property()).isEqualTo("penstock.budget.plan.services[0].pool-size");
        assertThat(refused.rule()).isEqualTo("must be between 1 and 1000000");
        assertThat(refused.value()).isEqualTo("'0'");
        assertThat(refused.origin()).endsWith("shop.yaml] - 6:15");
        assertThatThrownBy(file("server.max: 1")::settings)
                .hasMessageStartingWith("penstock.budget.plan.server.max is not a field of a plan; did you mean"
                        + " penstock.budget.plan.server.");
    }

    @Test
    void aFileThatIsNoPlanIsRefused() throws IOException {
        String rule = "penstock.budget.plan must be the location of a plan file, such as classpath:shop.yaml or"
                + " file:/etc/shop.yaml";
        assertThatThrownBy(file("@password: hunter2")::settings)
                .hasMessageStartingWith(rule + ", but it cannot be read: ")
                .hasMessageContaining("line 1, column 1")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(file("a: 1", "---", "b: 1")::settings)
                .hasMessageStartingWith(rule + ", with one document, but it has 2");
        assertThatThrownBy(file("")::settings).hasMessageStartingWith(rule + ", with one document, but it has 0");
        assertThatThrownBy(Env.properties("penstock.budget.plan=classpath:nowhere.yaml")::settings)
                .hasMessageStartingWith(rule + ", but it cannot be read: ")
                .hasMessageContaining("nowhere.yaml");
        assertThatThrownBy(Env.properties("penstock.budget.plan=http://127.0.0.1:1/shop.yaml")::settings)
                .hasMessageStartingWith(rule + ", but was 'http:");
    }

    @Test
    void besideAFileThereAreNoFields() throws IOException {
        assertThatThrownBy(file(FULL_YAML).andProperties(PLAN + "server.others=1")::settings)
                .hasMessageStartingWith("penstock.budget.plan.server.others must not be set beside a plan file,"
                        + " penstock.budget.plan=file:");
    }

    // ---- what is refused ---------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            server.max-connections: 0         | must be between 1 and 1000000
            server.max-connections: many      | must be a whole number, at most 1000000000
            server.max-connections: 1.5       | must be a whole number, at most 1000000000
            server.role-limit: unlimited      | must be a whole number, at most 1000000000, or none
            server.headroom.people: -1        | must be between 0 and 1000000
            server.memory.per-connection: 9   | must be given
            services[0].name: on              | must be a text; in YAML put it in quotation marks
            services[0].name: ''              | must have 1 to 63 characters, none of them a control character or half of a surrogate pair
            services[0].replicas: 0           | must be between 1 and 1000000
            services[0].replicas.steady: 2    | must be a number, or steady and maximum, not both
            services[0].rollout: canary       | must be in-place, blue-green, a count such as 2, or a percentage such as 25%
            services[0].rollout: 2000%        | must be between 0 and 1000
            services[0].via: nobody           | must be the name of a PgBouncer tier of the plan
            services[0].threads: 2            | must be given
            services[0].pools: 1000000        | pools x poolSize must be at most 1000000
            services[0].poolsiz: 3            | is not a field of a plan; did you mean penstock.budget.plan.services[0].pool-size?
            server.max_connection: 3          | is not a field of a plan; did you mean penstock.budget.plan.server.max-connections?
            services[0][pool.size]: 3         | is not a field of a plan; did you mean penstock.budget.plan.services[0].pool-size?
            services[2].name: other           | must not be there without penstock.budget.plan.services[1]
            services.web.replicas: 3          | is not a field of a plan; did you mean penstock.budget.plan.services[0].replicas?
            thresholds.steady: 101            | must be between 1 and 100
            rollouts-at-once: 0               | must be between 1 and 1000000
            """)
    void withItsRule(String line, String rule) {
        Stream<String> others = Stream.of(
                        "server.max-connections: 100",
                        "services[0].name: web",
                        "services[0].replicas: 2",
                        "services[0].pool-size: 10")
                .filter(other -> !other.startsWith(line.substring(0, line.indexOf(':') + 1)));
        Env env = Env.yaml(
                Stream.concat(others, Stream.of(line)).map(one -> PLAN + one).toArray(String[]::new));

        InvalidPropertyException refused = catchThrowableOfType(InvalidPropertyException.class, env::settings);

        assertThat(refused.rule()).isEqualTo(rule);
        assertThat(refused.property()).startsWith("penstock.budget.plan");
        assertThat(refused.origin()).startsWith("application.yml - ");
    }

    @Test
    void aPlanWithoutAServerIsNone() {
        assertThatThrownBy(Env.properties(PLAN + "rollouts-at-once=1")::settings)
                .hasMessage("penstock.budget.plan.server.max-connections must be given, but was nothing"
                        + " (application.properties - 1:39)");
    }

    // ---- which service it is -----------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"web", "jobs"})
    void theServiceIsTheApplicationsNameIfThePlanHasIt(String name) {
        PenstockConfig config = Env.properties("spring.application.name=" + name)
                .andYaml(Arrays.copyOfRange(inProperties(FULL_YAML), 1, FULL_YAML.length + 2))
                .configOf("ds");

        assertThat(config.budget().service()).isEqualTo(name);
        assertThat(config.originOf("penstock.budget.service")).isEqualTo("spring.application.name");
    }

    @Test
    void whatIsSetCountsMore() {
        assertThat(Env.properties("spring.application.name=jobs")
                        .andYaml(inProperties(FULL_YAML))
                        .configOf("ds")
                        .budget()
                        .service())
                .isEqualTo("web");
    }

    @Test
    void anotherNameIsNoService() {
        Env env = Env.properties("spring.application.name=warehouse", PLAN + "server.max-connections=100");

        assertThat(env.configOf("ds").budget().service()).isNull();
        assertThat(Env.properties("spring.application.name=web").configOf("ds").originOf("penstock.budget.service"))
                .isNull();
    }

    @Test
    void aCustomizersPlanIsReplacedAndItsServiceChecked() {
        Plan other = Plan.of(ServerLimits.of(10)).and(Service.of("web", 1, 1));
        PenstockConfig config = Env.yaml(inProperties(FULL_YAML))
                .settings()
                .of("ds", Stream.of((bean, builder) -> builder.budget(b -> b.plan(other))));

        assertThat(config.budget().plan()).isEqualTo(FULL);
        assertThat(Env.properties("penstock.budget.service=web")
                        .settings()
                        .of("ds", Stream.of((bean, builder) -> builder.budget(b -> b.plan(other))))
                        .budget()
                        .plan())
                .isEqualTo(other);
    }
}
