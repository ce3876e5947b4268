package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AssessmentTest {
    private static final Plan PLAN = Plan.of(ServerLimits.of(1000).withReserved(0, 0));

    /** 20 + 30 + 40 in steady state; surges 10, 15 and 20: of one at a time the last, of two 35, of all 45. */
    @Test
    void theLargestSurgesMakeTheWorstMoment() {
        Plan plan = PLAN.and(Service.of("a", 2, 10).withRollout(Rollout.count(1)))
                .and(Service.of("b", 2, 15).withRollout(Rollout.count(1)))
                .and(Service.of("c", 2, 20).withRollout(Rollout.count(1)));

        assertThat(worst(plan.withRolloutsAtOnce(1))).isEqualTo(90 + 20);
        assertThat(worst(plan.withRolloutsAtOnce(2))).isEqualTo(90 + 35);
        assertThat(worst(plan.withRolloutsAtOnce(3))).isEqualTo(90 + 45);
        assertThat(worst(plan)).isEqualTo(90 + 45);
    }

    /** 90 at any time, and 105 in a rollout; of the tier's clients 200 of 100. */
    @Test
    void theHeadlineSaysWhatDecides() {
        Plan web = PLAN.and(Service.of("web", 6, 15).withRollout(Rollout.count(1)));

        assertThat(Assessment.of(web).headline())
                .isEqualTo("server: 105 of 1000 connections at the worst moment of a rollout, tight above 800: FITS");
        assertThat(Assessment.of(web.withServer(ServerLimits.of(103))).headline())
                .isEqualTo("server: 105 of 100 connections at the worst moment of a rollout, tight above 80: OVER");
        assertThat(Assessment.of(web.withServer(ServerLimits.of(83))).headline())
                .isEqualTo("server: 90 of 80 connections in steady state, tight above 64: OVER");
        assertThat(Assessment.of(web.and(BouncerTier.of("pgbouncer")).and(new FixedClients("cron", 200, "pgbouncer")))
                        .headline())
                .isEqualTo("pgbouncer: 200 of 100 connections in steady state, tight above 80: OVER");
    }

    /** 10 replicas at most and a quarter of them, rounded up: 13 x 10. */
    @Test
    void aRolloutMayComeWhenTheAutoscalerHasMadeItsMost() {
        Balance server = Assessment.of(PLAN.and(Service.of("web", 10, 10).withReplicas(4, 10)))
                .server();

        assertThat(server.steady().demand()).isEqualTo(40);
        assertThat(server.rollout().demand()).isEqualTo(130);
    }

    /** 2 instances x 2 databases x min(3 x (20 + 5), 60) = 240, and half of it while one more is started. */
    @Test
    void pgBouncersAreRenewedToo() {
        Balance server = Assessment.of(PLAN.and(BouncerTier.of("pgbouncer")
                        .withInstances(2, Rollout.count(1))
                        .withPools(2, 3)
                        .withPoolSize(20, 5, 60)))
                .server();

        assertThat(server.steady().terms())
                .extracting(Term::toString)
                .containsExactly("pgbouncer: 2 instances x 2 databases x min(3 x (20 + 5), 60) = 240");
        assertThat(server.rollout().terms())
                .extracting(Term::toString)
                .containsExactly("pgbouncer: (2 + 1) instances x 2 databases x min(3 x (20 + 5), 60) = 360");
    }

    @Test
    void theWorstPlaceCounts() {
        Plan plan = PLAN.and(BouncerTier.of("pgbouncer").withMaxClientConn(10))
                .and(Service.of("web", 11, 1).withVia("pgbouncer"));
        Assessment assessment = Assessment.of(plan);

        assertThat(assessment.server().verdict()).isEqualTo(Verdict.FITS);
        assertThat(assessment.verdict()).isEqualTo(Verdict.OVER);
    }

    @Test
    void eachMomentHasItsThreshold() {
        Plan plan = PLAN.and(FixedClients.of("all", 850)).withThresholds(new Thresholds(90, 80));
        Balance server = Assessment.of(plan).server();

        assertThat(server.steady().verdict()).isEqualTo(Verdict.FITS);
        assertThat(server.rollout().verdict()).isEqualTo(Verdict.TIGHT);
    }

    /** HikariCP's own example: 3 threads with 4 connections each need 3 x (4 - 1) + 1 = 10. */
    @Test
    void aPoolInWhichThreadsCanWaitForEachOtherIsNamed() {
        Service web = Service.of("web", 1, 9).withThreads(new ThreadUse(3, 4));

        assertThat(Assessment.of(PLAN.and(web)).warnings())
                .containsExactly("web: 3 threads with 4 connections each can wait for each other for ever in a"
                        + " pool of 9; it takes 3 x (4 - 1) + 1 = 10");
        assertThat(Assessment.of(PLAN.and(web.withPoolSize(10))).warnings()).isEmpty();
    }

    private static long worst(Plan plan) {
        return Assessment.of(plan).server().rollout().demand();
    }
}
