package dev.penstock.budget.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.FixedClients;
import dev.penstock.budget.Headroom;
import dev.penstock.budget.Plan;
import dev.penstock.budget.Rollout;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import dev.penstock.budget.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    /** 6 x 5 = 30 in steady state, (6 + 2) x 5 = 40 in a rollout, of 100 - 3 - 10 - 7 = 80, tight above 64. */
    private static final Plan PLAN = Plan.of(ServerLimits.of(100).withOthers(10).withHeadroom(new Headroom(2, 2, 3)))
            .and(Service.of("checkout", 6, 5).withRollout(Rollout.count(2)));

    private static final Group CHECKOUT = Facts.idle("checkout/pod-1/main", 25);

    private static Comparison compared(Plan plan, Group... groups) {
        return Facts.reading(Facts.server(100), groups).against(plan);
    }

    @Test
    void whatThePlanForeseesFits() {
        Comparison compared = compared(PLAN, CHECKOUT, Facts.idle("psql", 17), Facts.own());

        assertThat(compared.differences()).isEmpty();
        assertThat(compared.uses())
                .extracting(Use::toString)
                .containsExactly("checkout: 25 now, 30 in steady state, 40 at most");
        assertThat(compared.foreign().sessions())
                .as("without the one that asks")
                .isEqualTo(17);
        assertThat(compared.foreign().expected()).isEqualTo(10 + 7);
        assertThat(compared.now()).hasToString("42 of 97, tight above 77: FITS");
        assertThat(compared.beyond()).isZero();
        assertThat(compared.strained()).isEqualTo(compared.assessment().server());
        assertThat(compared.verdict()).isEqualTo(Verdict.FITS);
    }

    /** The plan has room for 10 + 7. Of 30 more, 80 - 30 = 50 are left; the rollout needs 40. */
    @Test
    void foreignSessionsBeyondThePlanAreTakenFromTheSupply() {
        assertThat(compared(PLAN, Facts.idle("checkout/a/b", 1), Facts.idle("psql", 17 + 30))
                        .verdict())
                .as("40 of 50, tight above 40")
                .isEqualTo(Verdict.FITS);
        assertThat(compared(PLAN, Facts.idle("checkout/a/b", 1), Facts.idle("psql", 17 + 31))
                        .verdict())
                .as("40 of 49, tight above 39")
                .isEqualTo(Verdict.TIGHT);
        Comparison over = compared(PLAN, Facts.idle("checkout/a/b", 1), Facts.idle("psql", 17 + 41));

        assertThat(over.foreign().beyond()).isEqualTo(41);
        assertThat(over.strained().rollout()).hasToString("40 of 39, tight above 31: OVER");
        assertThat(over.verdict()).isEqualTo(Verdict.OVER);
        assertThat(over.assessment().verdict()).isEqualTo(Verdict.FITS);
    }

    /** Nobody has named his sessions yet: 40 of them may be checkout's. */
    @Test
    void aServiceThatIsNotSeenMayRunUnderAnotherName() {
        Comparison compared = compared(PLAN, Facts.idle("PostgreSQL JDBC Driver", 17 + 40));

        assertThat(compared.foreign().expected()).isEqualTo(17 + 40);
        assertThat(compared.verdict()).isEqualTo(Verdict.FITS);
        assertThat(compared(PLAN, Facts.idle("PostgreSQL JDBC Driver", 17 + 41)).beyond())
                .isEqualTo(1);
    }

    /** 81 are 41 more than 40: the plan says less than what is true. */
    @Test
    void aServiceWithMoreThanItMayHaveIsBeyondThePlan() {
        Comparison compared =
                compared(PLAN, Facts.idle("checkout/pod-1/main", 45), Facts.idle("checkout/pod-2/main", 36));

        assertThat(compared.uses())
                .extracting(Use::toString)
                .containsExactly("checkout: 81 now, 30 in steady state, 40 at most; 41 more than it may have");
        assertThat(compared.strained().rollout().usable()).isEqualTo(80 - 41);
        assertThat(compared.verdict()).isEqualTo(Verdict.OVER);
    }

    /** 60 - 3 - 17 = 40 usable, tight above 32. */
    @Test
    void theServersLimitsCountNotTheDeclaredOnes() {
        Comparison compared = Facts.reading(Facts.limited(60, 50, -1)).against(PLAN);

        assertThat(compared.differences())
                .containsExactly(
                        "max_connections: the plan says 100, the server has 60",
                        "limit of role app: the plan says none, the server has 50");
        assertThat(compared.assessment().server().rollout()).hasToString("40 of 40, tight above 32: TIGHT");
        assertThat(compared.verdict()).isEqualTo(Verdict.TIGHT);
    }

    @Test
    void theLimitOfARoleThatTheServicesDoNotHaveIsNotTheirs() {
        Plan plan = PLAN.withServer(PLAN.server().withDatabaseLimit(90));
        Comparison compared = Facts.reading(
                        Facts.limited(100, 5, 70), Facts.of("checkout/pod-1/main", "shopper", null, 20))
                .against(plan);

        assertThat(compared.differences())
                .containsExactly(
                        "limit of role app: the plan says none, the server has 5; not applied, because the plan's"
                                + " sessions are of shopper",
                        "limit of database shop: the plan says 90, the server has 70");
        assertThat(compared.plan().server().roleLimit()).isEqualTo(ServerLimits.NO_LIMIT);
        assertThat(compared.plan().server().databaseLimit()).isEqualTo(70);
    }

    /**
     * Of several services each may have a role of its own. While nobody is connected yet, or only the one that asks,
     * the limit of that one's role is not known to be that of all: else after an outage nobody would start.
     */
    @Test
    void theLimitOfARoleThatNotAllMayHaveIsNotTheirs() {
        Plan two = PLAN.and(Service.of("search", 2, 5).withRollout(Rollout.IN_PLACE));
        Reading first = Facts.reading(Facts.limited(100, 40, 45));
        Reading second = Facts.reading(Facts.limited(100, 40, 45), CHECKOUT);
        Reading both = Facts.reading(Facts.limited(100, 40, 45), CHECKOUT, Facts.idle("search/pod-1/main", 1));

        assertThat(List.of(first.against(two), second.against(two))).allSatisfy(compared -> {
            assertThat(compared.plan().server().roleLimit()).isEqualTo(ServerLimits.NO_LIMIT);
            assertThat(compared.plan().server().databaseLimit()).isEqualTo(ServerLimits.NO_LIMIT);
            assertThat(compared.assessment().verdict()).isEqualTo(Verdict.FITS);
            assertThat(compared.differences())
                    .containsExactly(
                            "limit of role app: the plan says none, the server has 40; not applied, because it is not"
                                    + " known whether all in the plan use this role; if they do, declare its limit in the"
                                    + " plan",
                            "limit of database shop: the plan says none, the server has 45; not applied, because it is"
                                    + " not known whether all in the plan use this database; if they do, declare its"
                                    + " limit in the plan");
        });
        assertThat(both.against(two).plan().server().roleLimit()).isEqualTo(40);
        assertThat(both.against(two).plan().server().databaseLimit()).isEqualTo(45);
        assertThat(first.against(two.withServer(two.server().withRoleLimit(50)))
                        .plan()
                        .server()
                        .roleLimit())
                .as("the plan says that all have one role")
                .isEqualTo(40);
    }

    /** 78 of 97 are more than 77. */
    @Test
    void whatIsConnectedMayBeTightThoughThePlanIsNot() {
        Plan plan = Plan.of(ServerLimits.of(100).withOthers(90));

        assertThat(compared(plan, Facts.idle("psql", 77)).verdict()).isEqualTo(Verdict.FITS);
        assertThat(compared(plan, Facts.idle("psql", 78)).verdict()).isEqualTo(Verdict.TIGHT);
        assertThat(compared(plan, Facts.idle("psql", 97)).verdict()).isEqualTo(Verdict.OVER);
        assertThat(compared(plan, Facts.idle("psql", 97)).explain())
                .contains("  nothing is free: the next connection is refused (SQLState 53300)");
    }

    /** 2 x 20 = 40 of PgBouncer, of which 12 carry names: 28 of other names may be its, and 3 of the scheduler. */
    @Test
    void pgBouncersCarryTheNamesOfTheirClients() {
        Plan plan = PLAN.and(BouncerTier.of("pgbouncer")
                        .withInstances(2, Rollout.IN_PLACE)
                        .withMaxClientConn(500))
                .and(Service.of("search", 4, 50).withVia("pgbouncer"))
                .and(FixedClients.of("celery beat", 4))
                .and(new FixedClients("cron", 10, "pgbouncer"));
        Comparison compared = compared(
                plan,
                CHECKOUT,
                Facts.idle("search/pod-7/main", 9),
                Facts.idle("cron", 2),
                Facts.idle("pgbouncer", 1),
                Facts.idle("celery_beat/host/main", 1),
                Facts.idle("celery beat", 1),
                Facts.idle("search", 5));

        assertThat(compared.uses())
                .containsExactly(
                        new Use("checkout", Use.Kind.SERVICE, 30, 40, 25),
                        new Use("pgbouncer", Use.Kind.TIER, 40, 40, 12),
                        new Use("celery beat", Use.Kind.CLIENT, 4, 4, 2));
        assertThat(compared.foreign().groups()).containsExactly(Facts.idle("search", 5));
        assertThat(compared.foreign().expected()).isEqualTo(10 + 7 + 28 + 2);
    }

    /** What a plan calls so is so called, however many slashes are in it. */
    @Test
    void aClientsWholeNameIsItsName() {
        Plan plan = PLAN.and(FixedClients.of("reports/nightly/main", 4)).and(FixedClients.of("backup", 1));
        Comparison compared = compared(plan, Facts.idle("reports/nightly/main", 3), Facts.idle("backup/host/main", 1));

        assertThat(compared.uses()).extracting(Use::now).containsExactly(0, 3, 1);
        assertThat(compared.foreign().sessions()).isZero();
    }

    /** Each has its own rollout at one time or another, though only one of them at the same. */
    @Test
    void inItsRolloutAServiceMayHaveItsMost() {
        Plan plan = PLAN.and(Service.of("search", 6, 6).withRollout(Rollout.count(2)))
                .withRolloutsAtOnce(1);

        assertThat(compared(plan).uses()).extracting(Use::worst).containsExactly(40L, 48L);
    }

    @Test
    void everySumIsExplained() {
        assertThat(compared(PLAN, CHECKOUT, Facts.idle("psql", 17 + 31)).explain())
                .startsWith("PostgreSQL 18.1 at db:5432, asked as app in database shop", "server: FITS", "  supply")
                .containsSequence(
                        "connected now: 73 of 97, tight above 77: FITS",
                        "  checkout: 25 now, 30 in steady state, 40 at most",
                        "  sessions of nothing in the plan: 48, room for 17, 31 too many",
                        "    psql, user app, database shop, idle: 48",
                        "    room for",
                        "      other consumers: 10",
                        "      head-room: 7",
                        "with the 31 that are beyond the plan as other consumers, server: 40 of 49 connections at the"
                                + " worst moment of a rollout, tight above 39: TIGHT");
    }

    @Test
    void theHeadlineSaysWhatDecides() {
        assertThat(compared(PLAN, CHECKOUT).headline())
                .isEqualTo("server: 40 of 80 connections at the worst moment of a rollout, tight above 64: FITS");
        assertThat(compared(PLAN, CHECKOUT, Facts.idle("psql", 17 + 31)).headline())
                .isEqualTo("with the 31 that are beyond the plan as other consumers, server: 40 of 49 connections at"
                        + " the worst moment of a rollout, tight above 39: TIGHT");
        assertThat(compared(PLAN, CHECKOUT, Facts.idle("psql", 97 - 25)).headline())
                .isEqualTo("server: no connection is free, the next is refused (SQLState 53300)");
        assertThat(compared(Plan.of(ServerLimits.of(100).withOthers(90)), Facts.idle("psql", 78))
                        .headline())
                .isEqualTo("connected now: 78 of 97, tight above 77: TIGHT");
    }

    /** A log line is no place for a census. */
    @Test
    void ofManyStrangersTheLargestGroupsAreNamed() {
        Group[] strangers = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> Facts.idle("stranger-" + i, i))
                .toArray(Group[]::new);

        assertThat(compared(PLAN, strangers).explain())
                .containsSequence("    stranger-5, user app, database shop, idle: 5", "    and 4 smaller groups")
                .noneMatch(line -> line.contains("stranger-4"));
    }

    /** Others are as many as a plan can say; there are no more connections than the server has. */
    @Test
    void noNumberLeavesItsBounds() {
        Plan plan = Plan.of(ServerLimits.of(1_000_000).withOthers(1_000_000).withHeadroom(Headroom.NONE))
                .and(Service.of("checkout", 1, 1));
        Comparison compared = compared(plan, Facts.idle("checkout/a/b", 90));

        assertThat(compared.strained().rollout().usable()).isZero();
        assertThat(compared.verdict()).isEqualTo(Verdict.OVER);
    }
}
