package dev.penstock.budget.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Term;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeTest {
    private static final Group FORTY = Facts.idle("checkout/pod-1/main", 40);
    private static final Group TEN_OF_OTHERS = Facts.of("psql", "ada", null, 10);

    private static ServerFacts server(boolean superuser, boolean usesReserved) {
        return new ServerFacts(160004, 100, 3, 5, "app", 45, "shop", 60, superuser, usesReserved, false);
    }

    private static Free free(ServerFacts server) {
        return Facts.reading(server, FORTY, TEN_OF_OTHERS, Facts.own()).free();
    }

    /** 100 - 3 - 5 - 51 + 1 = 42. */
    @Test
    void whatIsReservedIsNotForOrdinaryRoles() {
        Free free = free(server(false, false));

        assertThat(free.toOrdinaryRoles()).isEqualTo(42);
        assertThat(free.terms())
                .extracting(Term::toString)
                .containsExactly(
                        "max_connections: 100",
                        "superuser_reserved_connections: -3",
                        "reserved_connections: -5",
                        "sessions: -51",
                        "the one that asked, which ends: 1");
    }

    /** The role has 45 - 41 + 1 = 5, the database 60 - 51 + 1 = 10. */
    @Test
    void theLeastOfTheLimitsCounts() {
        Free free = free(server(false, false));

        assertThat(free.toRole()).isEqualTo(5);
        assertThat(free.limits())
                .extracting(Term::toString)
                .containsExactly(
                        "on the server: 92 - 51 + 1 = 42",
                        "to role app: 45 - 41 + 1 = 5",
                        "in database shop: 60 - 51 + 1 = 10");
    }

    /** 97 - 51 + 1 = 47 on the server, but the role's limit holds all the same. */
    @Test
    void aRoleThatMayUseTheReservedHasThem() {
        Free free = free(server(false, true));

        assertThat(free.limits()).extracting(Term::toString).startsWith("on the server: 97 - 51 + 1 = 47");
        assertThat(free.toRole()).isEqualTo(5);
    }

    /** 100 - 51 + 1 = 50. */
    @Test
    void noLimitHoldsForSuperusers() {
        Free free = free(server(true, true));

        assertThat(free.limits()).extracting(Term::toString).containsExactly("on the server: 100 - 51 + 1 = 50");
        assertThat(free.toOrdinaryRoles()).isEqualTo(42);
    }

    /** 97 - 41 = 56: the session is the pooler's, and it stays. */
    @Test
    void aPoolersSessionIsNotFree() {
        Reading direct = Facts.reading(Facts.server(100), FORTY, Facts.own());
        Reading pooled = new Reading(direct.host(), direct.server(), direct.census(), "a pooler");

        assertThat(direct.free().toOrdinaryRoles()).isEqualTo(57);
        assertThat(pooled.free().toOrdinaryRoles()).isEqualTo(56);
        assertThat(pooled.explain()).contains("a pooler");
    }

    /** Superusers sit on two of the three that are reserved for them. */
    @Test
    void thereAreNeverFewerThanNone() {
        Free free = Facts.reading(Facts.toSuperuser(Facts.server(100)), Facts.idle("", 99), Facts.own())
                .free();

        assertThat(free.toOrdinaryRoles()).isZero();
        assertThat(free.toRole()).isEqualTo(1);
    }

    /** A limit beyond the bounds of a plan is beyond every server too. */
    @Test
    void limitsThatLimitNothingAreNone() {
        ServerLimits declared = ServerLimits.of(200).withRoleLimit(7).withOthers(4);

        assertThat(Facts.limited(100, Integer.MAX_VALUE, 1_000_000).appliedTo(declared))
                .isEqualTo(ServerLimits.of(100).withDatabaseLimit(1_000_000).withOthers(4));
        assertThat(Facts.toSuperuser(Facts.server(100)).appliedTo(declared).roleLimit())
                .as("services are no superusers")
                .isEqualTo(7);
    }

    @Test
    void whatIsUnknownIsSaid() {
        assertThat(Facts.reading(Facts.server(100), FORTY, TEN_OF_OTHERS, Facts.own())
                        .explain())
                .containsExactly(
                        "PostgreSQL 18.1 at db:5432, asked as app in database shop",
                        "free to ordinary roles: 47",
                        "  max_connections: 100",
                        "  superuser_reserved_connections: -3",
                        "  reserved_connections: 0",
                        "  sessions: -51",
                        "  the one that asked, which ends: 1",
                        "free to app, the least of these, or none: 47",
                        "  on the server: 97 - 51 + 1 = 47",
                        "sessions: 51 (1 active, 40 idle, 10 state unknown)",
                        "  checkout/pod-1/main, user app, database shop, idle: 40",
                        "  psql, user ada, database shop, state unknown: 10",
                        "  penstock-budget, user app, database shop, active (this one, which asks): 1",
                        "10 sessions of other roles, of which this role may not see the state, nor whether they are"
                                + " clients; to see it: grant pg_read_all_stats to app");
        assertThat(List.of(FORTY.hidden(), TEN_OF_OTHERS.hidden())).containsExactly(false, true);
    }
}
