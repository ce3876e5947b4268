package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runbooks compute by hand, with their numbers. */
class RunbookCasesTest {
    /** 100 - 3 = 97. */
    private static final Plan SERVER_OF_100 = Plan.of(ServerLimits.of(100));

    private static Service inPlace(String name, int replicas, int poolSize) {
        return Service.of(name, replicas, poolSize).withRollout(Rollout.IN_PLACE);
    }

    @Test
    void oneHundredConnectionsThreeOfThemReserved() {
        assertThat(Supply.of(ServerLimits.of(100)).usable()).isEqualTo(97);
    }

    /** pool_size 10, max_overflow 5: 3 x 15 = 45. */
    @Test
    void threeMachinesOfTenAndFive() {
        Balance server =
                Assessment.of(SERVER_OF_100.and(inPlace("web", 3, 10 + 5))).server();

        assertThat(server.steady().demand()).isEqualTo(45);
        assertThat(server.rollout().demand()).isEqualTo(45);
        assertThat(server.steady().free()).isEqualTo(52);
        assertThat(server.verdict()).isEqualTo(Verdict.FITS);
    }

    /** 3 x 12 = 36. */
    @Test
    void threeMachinesOfEightAndFour() {
        Balance server =
                Assessment.of(SERVER_OF_100.and(inPlace("web", 3, 8 + 4))).server();

        assertThat(server.steady().demand()).isEqualTo(36);
        assertThat(server.steady().terms()).extracting(Term::toString).containsExactly("web: 3 replicas x 12 = 36");
    }

    /** 45 in steady state, 2 x 45 = 90 of 97 for five minutes: above 80 per cent, 77. */
    @Test
    void aDeploymentThatDoublesTheReplicas() {
        Service web = Service.of("web", 3, 15).withRollout(Rollout.BLUE_GREEN);
        Balance server = Assessment.of(SERVER_OF_100.and(web)).server();

        assertThat(server.steady()).hasToString("45 of 97, tight above 77: FITS");
        assertThat(server.rollout()).hasToString("90 of 97, tight above 77: TIGHT");
        assertThat(server.rollout().terms())
                .extracting(Term::toString)
                .containsExactly("web: (3 + 3) replicas x 15 = 90");
        assertThat(server.verdict()).isEqualTo(Verdict.TIGHT);
    }

    /** 4 workers x 8 threads + 2 workers x 10 + beat 1 + management 2 = 32 + 20 + 3 = 55. */
    @Test
    void gunicornAndCelery() {
        Plan plan = SERVER_OF_100
                .and(inPlace("gunicorn", 1, 8).withPools(4))
                .and(inPlace("celery", 1, 10).withPools(2))
                .and(FixedClients.of("beat", 1))
                .and(FixedClients.of("management", 2));
        Moment steady = Assessment.of(plan).server().steady();

        assertThat(steady.demand()).isEqualTo(55);
        assertThat(steady.terms())
                .extracting(Term::toString)
                .containsExactly(
                        "gunicorn: 1 replica x 4 pools x 8 = 32",
                        "celery: 1 replica x 2 pools x 10 = 20",
                        "beat: 1",
                        "management: 2");
    }

    /** Alert at 80 per cent of 100: 80 is the last that is well. */
    @Test
    void eightyPerCentOfMaxConnections() {
        Plan plan = Plan.of(ServerLimits.of(100).withReserved(0, 0));

        assertThat(Assessment.of(plan.and(FixedClients.of("all", 80))).verdict())
                .isEqualTo(Verdict.FITS);
        assertThat(Assessment.of(plan.and(FixedClients.of("all", 81))).verdict())
                .isEqualTo(Verdict.TIGHT);
        assertThat(Assessment.of(plan.and(FixedClients.of("all", 100))).verdict())
                .isEqualTo(Verdict.TIGHT);
        assertThat(Assessment.of(plan.and(FixedClients.of("all", 101))).verdict())
                .isEqualTo(Verdict.OVER);
    }

    /** One pool of 25 + 5 = 30; three are 90, of which max_db_connections lets 80 through. */
    @Test
    void pgBouncerWithTwentyFiveAndFiveOfEighty() {
        BouncerTier one = BouncerTier.of("pgbouncer").withPoolSize(25, 5, 80).withMaxClientConn(500);

        assertThat(one.serverConnections()).isEqualTo(30);
        assertThat(one.withPools(1, 3).serverConnections()).isEqualTo(80);
        Balance server = Assessment.of(SERVER_OF_100.and(one.withPools(1, 3))).server();
        assertThat(server.steady().terms())
                .extracting(Term::toString)
                .containsExactly("pgbouncer: 1 instance x min(3 x (25 + 5), 80) = 80");
        assertThat(server.verdict()).isEqualTo(Verdict.TIGHT);
    }

    /** The clients of a tier are another sum than its server connections. */
    @Test
    void theClientsOfPgBouncerAreCountedOnTheirOwn() {
        Plan plan = SERVER_OF_100
                .and(BouncerTier.of("pgbouncer").withPoolSize(25, 5, 80).withMaxClientConn(500))
                .and(inPlace("web", 20, 20).withVia("pgbouncer"));
        Assessment assessment = Assessment.of(plan);

        assertThat(assessment.server().steady().demand()).isEqualTo(30);
        assertThat(assessment.server().verdict()).isEqualTo(Verdict.FITS);
        assertThat(assessment.tiers()).singleElement().satisfies(tier -> {
            assertThat(tier.steady()).hasToString("400 of 500, tight above 400: FITS");
            assertThat(tier.supply())
                    .extracting(Term::toString)
                    .containsExactly("usable, max_client_conn: 1 instance x 500 = 500");
        });
    }

    /**
     * 20 workers with pools of 20 are 400 connections of 97. What fits in 77: 77 / 20 = 3. What they need: 10 borrows a
     * second of 20 ms, 0.2 erlang; with 1 connection the 99th percentile waits 20 ms / 0.8 x ln(0.2 / 0.01) = 75 ms,
     * with
     * 2 C = 1/55 and 20 ms / 1.8 x ln(100 / 55) = 6.6 ms.
     */
    @Test
    void workerPoolsOfTwentyBecomeTwoToFour() {
        Plan plan = SERVER_OF_100.and(inPlace("worker", 20, 20));
        Workload jobs = Workload.random(10, Duration.ofMillis(20));

        assertThat(Assessment.of(plan).verdict()).isEqualTo(Verdict.OVER);
        assertThat(Recommendation.of(plan, Sharing.EQUAL).sizes()).containsExactly(new PoolSize("worker", 20, 3));
        assertThat(PoolSizing.connections(jobs, 0.99, Duration.ofMillis(50))).hasValue(2);
        assertThat(Wait.of(jobs, 1).quantile(0.99))
                .hasValueSatisfying(wait -> assertThat(wait.toMillis()).isEqualTo(74));
        assertThat(Wait.of(jobs, 2).quantile(0.99))
                .hasValueSatisfying(wait -> assertThat(wait.toNanos() / 100_000).isEqualTo(66));
    }

    /** 4 GiB for connections of 10 MiB: 409, fewer than max_connections = 500 allows. */
    @Test
    void tenMebibytesPerConnection() {
        ServerLimits limits = ServerLimits.of(500).withMemory(new Memory(4096, Memory.USUAL_PER_CONNECTION));

        assertThat(Supply.of(limits).usable()).isEqualTo(409);
    }

    @Test
    void everyLineIsThereToBeCheckedWithAPencil() {
        List<String> lines = Assessment.of(SERVER_OF_100
                        .and(Service.of("web", 6, 10).withReplicas(4, 6))
                        .and(FixedClients.of("cron", 2)))
                .explain();

        assertThat(lines)
                .containsExactly(
                        "server: TIGHT",
                        "  supply",
                        "    max_connections: 100",
                        "    superuser_reserved_connections: -3",
                        "    usable: 97",
                        "  steady state: 42 of 97, tight above 77: FITS",
                        "    web: 4 replicas x 10 = 40",
                        "    cron: 2",
                        "  worst moment of a rollout: 82 of 97, tight above 77: TIGHT",
                        "    web: (6 + 2) replicas x 10 = 80",
                        "    cron: 2");
    }
}
