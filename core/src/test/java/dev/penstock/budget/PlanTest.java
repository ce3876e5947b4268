package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Plan PLAN = Plan.of(ServerLimits.of(100));

    @Test
    void namesAreUnique() {
        assertThatThrownBy(() -> PLAN.and(Service.of("web", 1, 1)).and(Service.of("web", 2, 2)))
                .hasMessage("services[1].name must be another for each, but was 'web'");
    }

    @Test
    void aTierMustBeThere() {
        assertThatThrownBy(() -> PLAN.and(Service.of("web", 1, 1).withVia("pgbouncer")))
                .hasMessage("services[0].via must be the name of a PgBouncer tier of the plan, but was 'pgbouncer'");
        assertThatThrownBy(() -> PLAN.and(new FixedClients("cron", 1, "nowhere")))
                .hasMessage("clients[0].via must be the name of a PgBouncer tier of the plan, but was 'nowhere'");
    }

    @Test
    void namesCannotEscapeIntoAFile() {
        assertThatThrownBy(() -> BouncerTier.of("a\n[databases]")).hasMessageStartingWith("name must have 1 to 63");
        assertThatThrownBy(() -> Service.of("a\n\u001b[31m\ud800", 1, 1))
                .hasMessageEndingWith("but was 'a\\u000a\\u001b[31m\\ud800'");
        assertThatThrownBy(() -> Service.of("half \udc00", 1, 1)).hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> Service.of("x".repeat(1_000), 1, 1))
                .hasMessageEndingWith("'" + "x".repeat(200) + "...'");
        assertThatThrownBy(() -> Service.of(" ", 1, 1)).hasMessageStartingWith("name must have 1 to 63");
        assertThatThrownBy(() -> FixedClients.of("x".repeat(64), 1)).hasMessageStartingWith("name must have 1 to 63");
    }

    @Test
    void autoscalersDoNotMakeFewer() {
        assertThatThrownBy(() -> Service.of("web", 3, 1).withReplicas(3, 2))
                .hasMessage("steady must be between 0 and maximum (2), but was 3");
    }

    @Test
    void aReplicaHoldsNoMoreThanAMillion() {
        assertThatThrownBy(() -> Service.of("web", 1, 1_000_000).withPools(2))
                .hasMessage("pools x poolSize must be at most 1000000, but was 2000000");
        assertThatThrownBy(() -> BouncerTier.of("pgbouncer").withPools(1_000_000, 1_000_000))
                .hasMessage("databases x usersPerDatabase x (defaultPoolSize + reservePoolSize) must be at most"
                        + " 1000000, but was 20000000000000");
        assertThatThrownBy(() -> new ThreadUse(1_000_000, 1_000_000))
                .hasMessage("threads x (connectionsPerThread - 1) + 1 must be at most 1000000, but was 999999000001");
    }

    @Test
    void aShareBelowTheDeadlockFloorIsRefused() {
        assertThatThrownBy(() -> Service.of("web", 1, 20)
                        .withThreads(new ThreadUse(10, 2))
                        .withShare(Share.EVEN.withMost(10)))
                .hasMessage("share.most must be at least the deadlock floor (11), but was 10");
    }

    @Test
    void whoReadsAFileSaysWhereItStands() {
        InvalidBudgetException inner = catchThrowableOfType(InvalidBudgetException.class, () -> Replicas.of(0))
                .inside("services[3].replicas");

        assertThat(inner).hasMessage("services[3].replicas.maximum must be between 1 and 1000000, but was 0");
        assertThat(inner.field()).isEqualTo("services[3].replicas.maximum");
        assertThat(inner.rule()).isEqualTo("must be between 1 and 1000000");
        assertThat(inner.value()).isEqualTo("0");
    }

    @Test
    void aPlanKeepsItsOwnLists() {
        List<Service> services = new ArrayList<>(List.of(Service.of("web", 1, 1)));
        Plan plan = PLAN.withServices(services);
        services.clear();

        assertThat(plan.services()).hasSize(1);
    }
}
