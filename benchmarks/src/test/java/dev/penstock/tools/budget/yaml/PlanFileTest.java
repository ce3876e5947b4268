package dev.penstock.tools.budget.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFileTest {
    private static final String SMALL = """
            server:
              maxConnections: 100
            services:
            - name: checkout
              replicas: 6
              poolSize: 10
            """;

    private static final String WHOLE = """
            # every field that there is, none at its default
            server:
              maxConnections: 500
              superuserReserved: 5
              reserved: 2
              roleLimit: 300
              databaseLimit: 400
              others: 7
              headroom: {migrations: 1, monitoring: 2, people: 3}
              memory: {forConnections: 8000, perConnection: 12}
            services:
              - name: checkout
                replicas: {steady: 3, maximum: 9}
                rollout: blue-green
                pools: 2
                poolSize: 10
                threads: 4
                connectionsPerThread: 2
                share: {weight: 3, priority: 2, most: 30}
                via: front
            tiers:
              - name: front
                instances: 2
                rollout: 1
                databases: 3
                usersPerDatabase: 4
                defaultPoolSize: 5
                reservePoolSize: 6
                maxDbConnections: 70
                maxClientConn: 800
            clients:
              - name: celery beat
                connections: 1
                via: front
            thresholds: {steady: 70, rollout: 90}
            rolloutsAtOnce: 1
            """;

    private static Plan whole() {
        ServerLimits server = new ServerLimits(500, 5, 2, 300, 400, 7, new Headroom(1, 2, 3), new Memory(8000, 12));
        Service checkout = Service.of("checkout", 3, 10)
                .withReplicas(3, 9)
                .withRollout(Rollout.BLUE_GREEN)
                .withPools(2)
                .withThreads(new ThreadUse(4, 2))
                .withShare(new Share(3, 2, 30))
                .withVia("front");
        BouncerTier front = new BouncerTier("front", 2, Rollout.count(1), 3, 4, 5, 6, 70, 800);
        return new Plan(
                server,
                List.of(checkout),
                List.of(front),
                List.of(new FixedClients("celery beat", 1, "front")),
                new Thresholds(70, 90),
                1);
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfThePlan() throws Exception {
        assertThat(PlanFile.parse("small.yaml", SMALL))
                .isEqualTo(Plan.of(ServerLimits.of(100)).and(Service.of("checkout", 6, 10)));
    }

    @Test
    void everyFieldIsRead() throws Exception {
        assertThat(PlanFile.parse("whole.yaml", WHOLE)).isEqualTo(whole());
    }

    @Test
    void wordsStandForTheDefaults() throws Exception {
        String text = """
                server: {maxConnections: 100, roleLimit: none, databaseLimit: none}
                rolloutsAtOnce: all
                """;

        assertThat(PlanFile.parse("words.yaml", text)).isEqualTo(Plan.of(ServerLimits.of(100)));
    }

    @Test
    void onlyWhatDiffersFromItsDefaultIsWritten() {
        assertThat(PlanFile.write(Plan.of(ServerLimits.of(100)).and(Service.of("checkout", 6, 10))))
                .isEqualTo(SMALL);
    }

    @Test
    void aByteOrderMarkIsNoPartOfThePlan(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("plan.yaml"), "\ufeff" + SMALL);

        assertThat(PlanFile.read(file).services()).hasSize(1);
    }

    record Bad(String title, String text, List<String> messages) {
        @Override
        public String toString() {
            return title;
        }
    }

    private static Bad file(String title, String text, String... messages) {
        return new Bad(title, text, List.of(messages));
    }

    static List<Bad> bad() {
        return List.of(
                file("empty", "", "f:1:1: must have a plan, but was empty"),
                file("a comment alone", "# nothing\n", "f:1:1: must have a plan, but was empty"),
                file("nothing but null", "~\n", "f:1:1: a plan must be a mapping, but was nothing"),
                file("a list", "- server\n", "f:1:1: a plan must be a mapping, but was a list"),
                file("no server", "services: []\n", "f:1:1: server must be given"),
                file("syntax", "server:\n  maxConnections: [1\n", "f:3:1: must be YAML: while parsing a flow sequence"),
                file("a tab", "server:\n\tmaxConnections: 1\n", "f:2:1: must be YAML: while scanning"),
                file(
                        "two documents",
                        "server: {maxConnections: 9}\n---\nserver: {maxConnections: 9}\n",
                        "f:2:1: must be one document, but here another begins"),
                file("an anchor", "server: &s {maxConnections: 9}\n", "f:1:9: must not have anchors, but has &s"),
                file(
                        "an alias",
                        "server: {maxConnections: 9, others: *a}\n",
                        "f:1:37: must not have aliases, but has *a: repeat what it stands for"),
                file(
                        "a tag",
                        "server: {maxConnections: !!int 9}\n",
                        "f:1:26: must not have tags, but has tag:yaml.org,2002:int"),
                file("very deep", "[".repeat(100_000), "f:1:21: must have at most 20 levels"),
                file(
                        "an unknown field",
                        "server: {maxConnections: 9}\nservice: []\n",
                        "f:2:1: a plan must have no other fields than server, services, tiers, clients, thresholds,"
                                + " rolloutsAtOnce, but has 'service'"),
                file(
                        "an unknown field further in",
                        "server:\n  maxConnections: 9\n  memory:\n    forConnections: 9\n    per: 3\n",
                        "f:5:5: server.memory must have no other fields than forConnections, perConnection, but has"
                                + " 'per'"),
                file(
                        "a key that is no text",
                        "server: {maxConnections: 9}\n? [a]\n: 1\n",
                        "f:2:3: a plan must have no other fields than"),
                file(
                        "a field twice",
                        "server:\n  maxConnections: 9\n  others: 1\n  others: 2\n",
                        "f:4:3: server.others must be given once, but is given again"),
                file(
                        "a number in quotation marks",
                        "server: {maxConnections: '9'}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was '9'"),
                file(
                        "no whole number",
                        "server: {maxConnections: 9.5}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was 9.5"),
                file(
                        "a number that may be octal",
                        "server: {maxConnections: 010}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was 010"),
                file(
                        "more digits than there are numbers",
                        "server: {maxConnections: 99999999999}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was"
                                + " 99999999999"),
                file(
                        "more than any number may be",
                        "server: {maxConnections: 1000000001}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was 1000000001"),
                file(
                        "a minus where there is nothing below zero",
                        "server: {maxConnections: -1}\n",
                        "f:1:26: server.maxConnections must be between 1 and 1000000, but was -1"),
                file(
                        "an underscore in a number",
                        "server: {maxConnections: 1_000}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was 1_000"),
                file(
                        "an exponent",
                        "server: {maxConnections: 1e3}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was 1e3"),
                file(
                        "a merge key",
                        "server: {<<: {maxConnections: 9}}\n",
                        "f:1:9: server.maxConnections must be given",
                        "f:1:10: server must have no other fields than"),
                file(
                        "a character that no file has",
                        "server:\r\n  maxConnections: \0\n",
                        "f:2:19: must be YAML, which has no such character, but has U+0000"),
                file(
                        "a mapping for a number",
                        "server: {maxConnections: {a: 1}}\n",
                        "f:1:26: server.maxConnections must be a whole number, at most 1000000000, but was a"
                                + " mapping"),
                file(
                        "a word that it does not know",
                        "server: {maxConnections: 9, roleLimit: all}\n",
                        "f:1:40: server.roleLimit must be a whole number, at most 1000000000, or none, but was all"),
                file(
                        "a number that is out of range",
                        "server:\n  maxConnections: 1000001\n",
                        "f:2:19: server.maxConnections must be between 1 and 1000000, but was 1000001"),
                file(
                        "a sum of two fields",
                        "server:\n  maxConnections: 3\n",
                        "f:2:3: server.superuserReserved + reserved must be less than maxConnections (3), but was 3"),
                file(
                        "a mapping for a list",
                        SMALL.replace("- name", "  name"),
                        "f:4:3: services must be a list, but was a mapping"),
                file(
                        "nothing for a list",
                        "server: {maxConnections: 9}\nservices:\n",
                        "f:2:10: services must be a list, but was nothing"),
                file(
                        "no name",
                        SMALL.replace("name: checkout", "name:"),
                        "f:4:8: services[0].name must be a text, but was nothing"),
                file("no pool size", SMALL.replace("poolSize", "pools"), "f:4:3: services[0].poolSize must be given"),
                file(
                        "no replicas",
                        SMALL.replace(": 6", ": 0"),
                        "f:5:13: services[0].replicas must be between 1 and 1000000, but was 0"),
                file(
                        "replicas in words",
                        SMALL.replace(": 6", ": six"),
                        "f:5:13: services[0].replicas must be a whole number, at most 1000000000, or a mapping, but"
                                + " was six"),
                file(
                        "more replicas than the maximum",
                        SMALL.replace(": 6", ": {steady: 6, maximum: 5}"),
                        "f:5:22: services[0].replicas.steady must be between 0 and maximum (5), but was 6"),
                file(
                        "a rollout that is none",
                        SMALL + "  rollout: 25 %\n",
                        "f:7:12: services[0].rollout must be in-place, blue-green, a count such as 2, or a percentage"
                                + " such as 25%, but was '25 %'"),
                file(
                        "too much of a rollout",
                        SMALL + "  rollout: 1001%\n",
                        "f:7:12: services[0].rollout must be between 0 and 1000, but was 1001"),
                file(
                        "a product that is too large",
                        SMALL + "  pools: 100001\n",
                        "f:4:3: services[0].pools x poolSize must be at most 1000000, but was 1000010"),
                file(
                        "connections of each of how many threads",
                        SMALL + "  connectionsPerThread: 2\n",
                        "f:7:25: services[0].threads must be given together with connectionsPerThread"),
                file(
                        "threads that take how many",
                        SMALL + "  threads: 20\n",
                        "f:7:12: services[0].connectionsPerThread must be given together with threads"),
                file(
                        "a share below the deadlock floor",
                        SMALL + "  threads: 4\n  connectionsPerThread: 2\n  share: {most: 4}\n",
                        "f:9:17: services[0].share.most must be at least the deadlock floor (5), but was 4"),
                file(
                        "a tier that there is not",
                        SMALL + "  via: front\n",
                        "f:7:8: services[0].via must be the name of a PgBouncer tier of the plan, but was 'front'"),
                file(
                        "a name twice",
                        SMALL + "- {name: checkout, replicas: 1, poolSize: 1}\n",
                        "f:7:10: services[1].name must be another for each, but was 'checkout'"),
                file(
                        "a control character",
                        SMALL.replace("checkout", "\"check\\e[2Jout\""),
                        "f:4:9: services[0].name must have 1 to 63 characters, none of them a control character or half of a surrogate pair, but was"
                                + " 'check\\u001b[2Jout'"),
                file(
                        "several, each of which is told",
                        SMALL.replace(": 100", ": ten").replace(": 6", ": 0")
                                + "clients: 1\nthresholds: {steady: 101}\n",
                        "f:2:19: server.maxConnections must be a whole number",
                        "f:5:13: services[0].replicas must be between",
                        "f:7:10: clients must be a list, but was 1",
                        "f:8:22: thresholds.steady must be between 1 and 100, but was 101"));
    }

    @ParameterizedTest
    @MethodSource
    void bad(Bad file) {
        assertThatThrownBy(() -> PlanFile.parse("f", file.text())).isInstanceOfSatisfying(BadPlanException.class, e -> {
            assertThat(e.getMessage().lines()).hasSameSizeAs(file.messages());
            assertThat(e.problems()).hasSameSizeAs(file.messages());
            List<String> lines = e.getMessage().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i)).startsWith(file.messages().get(i));
            }
        });
    }

    @Test
    void ofManyProblemsTheFirstAreShown() {
        String text = "server: {maxConnections: 9}\nclients:\n" + "- 1\n".repeat(30);

        assertThatThrownBy(() -> PlanFile.parse("f", text))
                .hasMessageContaining("f:3:3: clients[0] must be a mapping, but was 1")
                .hasMessageEndingWith("f: and 10 more");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFileMayBeSoLargeAndNoLarger(int more, @TempDir Path folder) throws Exception {
        String comment = "#" + " ".repeat(PlanFile.MOST_BYTES - SMALL.length() - 1 + more);
        Path file = Files.writeString(folder.resolve("plan.yaml"), SMALL + comment);

        if (more == 0) {
            assertThat(PlanFile.read(file).services()).hasSize(1);
        } else {
            assertThatThrownBy(() -> PlanFile.read(file))
                    .isInstanceOf(BadPlanException.class)
                    .hasMessage(file + ": must have at most 4194304 bytes, but has more");
        }
    }

    @Test
    void otherEncodingsAreRefused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("plan.yaml");

        Files.write(file, "\n# caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessage(file + ":2:6: must be UTF-8, but has a byte that is not: 0xE9");
        Files.write(file, SMALL.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessage(file + ":1:1: must be UTF-8, but has a byte that is not: 0xFE");
        Files.write(file, SMALL.getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessage(file + ":1:2: must be YAML, which has no such character, but has U+0000");
    }

    /** The last byte of a character is missing. */
    @Test
    void halfACharacterIsRefused(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("plan.yaml"), new byte[] {'#', (byte) 0xc3});

        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessage(file + ":1:2: must be UTF-8, but has a byte that is not: 0xC3");
    }

    @Test
    void aFolderIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> PlanFile.read(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(folder + ": ");
    }

    @Test
    void linesMayEndAsInWindows() throws Exception {
        assertThat(PlanFile.parse("f", WHOLE.replace("\n", "\r\n"))).isEqualTo(whole());
    }

    @Test
    void aFileThatIsNotThereIsNoBadFile(@TempDir Path folder) {
        assertThatThrownBy(() -> PlanFile.read(folder.resolve("plan.yaml"))).isInstanceOf(NoSuchFileException.class);
    }

    /** Whatever bytes: a plan, or a refusal, never anything else. */
    @Test
    void rubbishIsRefused() {
        String characters = "server: {maxConnections: 9}\n-[]{}?&*!|>'\"%@`#,\t\u0000\u0085\ud800";
        Random random = new Random(6);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? SMALL : "");
            for (int j = 0, n = random.nextInt(12); j < n; j++) {
                char c = characters.charAt(random.nextInt(characters.length()));
                text.insert(random.nextInt(text.length() + 1), c);
            }
            try {
                PlanFile.parse("f", text.toString());
            } catch (BadPlanException expected) {
                assertThat(expected).hasMessageStartingWith("f:");
            }
        }
    }
}
