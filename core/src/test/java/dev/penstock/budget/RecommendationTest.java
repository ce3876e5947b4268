package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** On a server of 100 connections, tight above 80. */
class RecommendationTest {
    private static final Plan PLAN = Plan.of(ServerLimits.of(100).withReserved(0, 0));

    private static final Service API = Service.of("api", 2, 20).withRollout(Rollout.IN_PLACE);
    private static final Service WORKER = Service.of("worker", 4, 20).withRollout(Rollout.IN_PLACE);
    private static final Service BATCH = Service.of("batch", 1, 20).withRollout(Rollout.IN_PLACE);

    private static List<Integer> sizes(Plan plan, Sharing sharing) {
        return Recommendation.of(plan, sharing).sizes().stream()
                .map(PoolSize::recommended)
                .toList();
    }

    /** 7 pools: 80 / 7 = 11. */
    @Test
    void equal() {
        assertThat(sizes(PLAN.and(API).and(WORKER).and(BATCH), Sharing.EQUAL)).containsExactly(11, 11, 11);
    }

    /** (2 + 1) x 1 + (4 + 1) x 1 + (1 + 1) x 1 = 10 pools at the worst moment; 10 fixed: 70 / 10 = 7. */
    @Test
    void equalAtTheWorstMoment() {
        Plan plan = PLAN.and(API.withRollout(Rollout.USUAL))
                .and(WORKER.withRollout(Rollout.USUAL))
                .and(BATCH.withRollout(Rollout.USUAL))
                .and(FixedClients.of("cron", 10));

        assertThat(sizes(plan, Sharing.EQUAL)).containsExactly(7, 7, 7);
    }

    /**
     * Weights 3, 1, 2. At 6 connections per weight 2 x 18 + 4 x 6 + 12 = 72, at 19/3 2 x 19 + 24 + 12 = 74, at 13/2 38
     * +
     * 24 + 13 = 75, at 20/3 40 + 24 + 13 = 77, at 7 42 + 28 + 14 = 84.
     */
    @Test
    void weighted() {
        Plan plan = PLAN.and(API.withShare(Share.EVEN.withWeight(3)))
                .and(WORKER)
                .and(BATCH.withShare(Share.EVEN.withWeight(2)));

        assertThat(sizes(plan, Sharing.WEIGHTED)).containsExactly(20, 6, 13);
    }

    /** 40 for the api, of the 40 left 20 for batch, then 5 for each of 4 workers. */
    @Test
    void prioritised() {
        Plan plan = PLAN.and(API)
                .and(WORKER.withShare(Share.EVEN.withPriority(3)))
                .and(BATCH.withShare(Share.EVEN.withPriority(2)));

        assertThat(sizes(plan, Sharing.PRIORITISED)).containsExactly(20, 5, 20);
    }

    @Test
    void whoHasNoUseForMoreLeavesItToOthers() {
        Plan plan = PLAN.and(API.withShare(Share.EVEN.withMost(4))).and(WORKER);

        assertThat(sizes(plan, Sharing.EQUAL)).containsExactly(4, 18); // 8 + 4 x 18 = 80
    }

    /** 11 for the api at least, whatever the others get: 22 + 4 x 14 = 78. */
    @Test
    void nobodyGetsLessThanItsDeadlockFloor() {
        Service api = API.withThreads(new ThreadUse(10, 2)).withShare(Share.EVEN.withWeight(1));
        Plan plan = PLAN.and(api).and(WORKER.withShare(Share.EVEN.withWeight(20)));

        assertThat(sizes(plan, Sharing.WEIGHTED)).containsExactly(11, 14);
    }

    /** 90 pools of 1 are above 80: nothing larger is recommended. */
    @Test
    void theSmallestPoolsMayBeTight() {
        Recommendation recommendation =
                Recommendation.of(PLAN.and(Service.of("web", 90, 5).withRollout(Rollout.IN_PLACE)), Sharing.EQUAL);

        assertThat(recommendation.possible()).isTrue();
        assertThat(recommendation.sizes()).containsExactly(new PoolSize("web", 5, 1));
        assertThat(Assessment.of(recommendation.plan()).verdict()).isEqualTo(Verdict.TIGHT);
    }

    @Test
    void theRecommendedPlanIsTheSameWithOtherPools() {
        Plan plan = PLAN.and(API).and(WORKER);

        assertThat(Recommendation.of(plan, Sharing.EQUAL).plan())
                .isEqualTo(PLAN.and(API.withPoolSize(13)).and(WORKER.withPoolSize(13)));
    }

    /** 4 replicas behind a tier of 50 clients, tight above 40: 10 each; the server's 80 go to the api alone. */
    @Test
    void servicesBehindATierShareItsClients() {
        Plan plan = PLAN.and(BouncerTier.of("pgbouncer").withMaxClientConn(50))
                .and(API)
                .and(WORKER.withVia("pgbouncer"));

        assertThat(sizes(plan, Sharing.EQUAL)).containsExactly(30, 10); // (80 - 20) / 2
    }

    /** 120 replicas do not fit, however small their pools. 80 are left for PgBouncer, two instances of 40. */
    @Test
    void whereOneIsTooManyPgBouncerIsProposed() {
        Plan plan = PLAN.and(Service.of("web", 120, 5).withRollout(Rollout.IN_PLACE));
        Recommendation recommendation = Recommendation.of(plan, Sharing.EQUAL);

        assertThat(recommendation.possible()).isFalse();
        assertThat(recommendation.shortfalls())
                .containsExactly("server: even the smallest pools do not fit, in steady state they come to 120 of 100");
        BouncerProposal proposal = recommendation.proposal();
        assertThat(proposal).isNotNull();
        assertThat(proposal.tier())
                .isEqualTo(new BouncerTier("pgbouncer", 2, Rollout.IN_PLACE, 1, 1, 34, 6, 40, 750)); // 600 / 0.8
        assertThat(Assessment.of(proposal.plan()).verdict()).isEqualTo(Verdict.FITS);
    }

    @Test
    void theProposalIsACompleteFile() {
        Plan plan = PLAN.and(Service.of("web", 120, 5).withRollout(Rollout.IN_PLACE));
        BouncerProposal proposal = Recommendation.of(plan, Sharing.EQUAL).proposal();

        assertThat(proposal).isNotNull();
        assertThat(proposal.ini(new BouncerIni.Target("db.example.com", 5432)).lines())
                .contains(
                        "[databases]",
                        "* = host=db.example.com port=5432",
                        "[pgbouncer]",
                        "listen_port = 6432",
                        "auth_type = scram-sha-256",
                        "pool_mode = transaction",
                        "max_client_conn = 750",
                        "default_pool_size = 34",
                        "reserve_pool_size = 6",
                        "max_db_connections = 40",
                        "ignore_startup_parameters = extra_float_digits")
                .contains("; max_db_connections = 40: 80 of 100 usable connections are left for PgBouncer, divided by"
                        + " 2")
                .allMatch(line -> line.isEmpty() || line.matches("; .*|\\[.*|.* = .*"));
    }

    @Test
    void aHostCannotEscapeIntoTheFile() {
        assertThatThrownBy(() -> new BouncerIni.Target("db\n[users]", 5432)).isInstanceOf(InvalidBudgetException.class);
        assertThatThrownBy(() -> new BouncerIni.Target("db port=1", 5432)).isInstanceOf(InvalidBudgetException.class);
    }

    @Test
    void nothingIsProposedWhereFixedClientsTakeAll() {
        Plan plan = PLAN.and(API).and(FixedClients.of("consoles", 100));

        Recommendation recommendation = Recommendation.of(plan, Sharing.EQUAL);

        assertThat(recommendation.proposal()).isNull();
        assertThat(recommendation.shortfalls())
                .containsExactly(
                        "server: even the smallest pools do not fit, in steady state they come to 102 of 100",
                        "nor would PgBouncer in front of the server help: fixed clients and tiers leave 0 of 100"
                                + " connections for 40 clients");
    }

    /** 120 x 500 = 60,000 clients: 6 instances of 10,000 and one more, of 12,500 with a fifth to spare. */
    @Test
    void manyClientsNeedMorePgBouncers() {
        Plan plan = PLAN.and(Service.of("web", 120, 500).withRollout(Rollout.IN_PLACE));
        BouncerProposal proposal = Recommendation.of(plan, Sharing.EQUAL).proposal();

        assertThat(proposal).isNotNull();
        assertThat(proposal.tier())
                .isEqualTo(new BouncerTier("pgbouncer", 7, Rollout.IN_PLACE, 1, 1, 10, 1, 11, 12_500)); // 80 / 7
    }

    /** 120 x 1000 = 120,000 clients, which in steady state are to be half of what PgBouncer takes at most. */
    @Test
    void theProposalKeepsBothThresholds() {
        Plan plan = PLAN.withThresholds(new Thresholds(50, 100))
                .and(Service.of("web", 120, 1_000).withRollout(Rollout.IN_PLACE));
        BouncerProposal proposal = Recommendation.of(plan, Sharing.EQUAL).proposal();

        assertThat(proposal).isNotNull();
        assertThat(proposal.tier().maxClientConn()).isEqualTo(20_000); // of 12 + 1 instances
        assertThat(Assessment.of(proposal.plan()).verdict()).isEqualTo(Verdict.FITS);
    }

    @Test
    void theProposalDoesNotHideADeadlock() {
        Plan plan = PLAN.and(Service.of("web", 120, 50).withThreads(new ThreadUse(40, 2)));
        BouncerProposal proposal = Recommendation.of(plan, Sharing.EQUAL).proposal();

        assertThat(proposal).isNotNull();
        assertThat(proposal.rationale()).last().asString().startsWith("warning: web takes several connections");
    }
}
