package dev.penstock.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SupplyTest {
    private static final ServerLimits LIMITS =
            ServerLimits.of(200).withReserved(3, 10).withOthers(40).withHeadroom(new Headroom(2, 3, 5));

    private static int usable(ServerLimits limits) {
        return Supply.of(limits).usable();
    }

    /** 200 - 3 - 10 - 40 - 2 - 3 - 5 = 137. */
    @Test
    void everythingIsTakenFromWhatTheServerAllows() {
        assertThat(usable(LIMITS)).isEqualTo(137);
    }

    /** Of the role's 100 migrations take 2: monitoring and people have roles of their own. */
    @Test
    void migrationsLogInAsTheApplication() {
        assertThat(usable(LIMITS.withRoleLimit(100))).isEqualTo(98);
        assertThat(usable(LIMITS.withRoleLimit(150))).isEqualTo(137);
    }

    /** Of the database's 100 all head-room takes 10; others are in databases of their own. */
    @Test
    void headroomIsInTheDatabase() {
        assertThat(usable(LIMITS.withDatabaseLimit(100))).isEqualTo(90);
    }

    /** 1000 / 10 = 100 backends, of which others and head-room are 50. */
    @Test
    void everyBackendTakesMemory() {
        assertThat(usable(LIMITS.withMemory(new Memory(1000, 10)))).isEqualTo(50);
    }

    @Test
    void theLeastCounts() {
        ServerLimits all = LIMITS.withRoleLimit(60).withDatabaseLimit(60).withMemory(new Memory(1000, 10));

        assertThat(Supply.of(all).terms())
                .extracting(Term::toString)
                .endsWith(
                        "left on the server: 137",
                        "left in memory: 1000 MiB / 10 MiB - 50 = 50",
                        "left to the role: 60 - 2 = 58",
                        "left in the database: 60 - 10 = 50",
                        "usable, the least of what is left: 50");
    }

    @Test
    void nothingIsLeftRatherThanLess() {
        Supply supply = Supply.of(ServerLimits.of(100).withOthers(100));

        assertThat(supply.usable()).isZero();
        assertThat(supply.terms())
                .extracting(Term::toString)
                .containsExactly(
                        "max_connections: 100",
                        "superuser_reserved_connections: -3",
                        "other consumers: -100",
                        "left on the server: -3",
                        "usable, none: 0");
    }

    @Test
    void postgresRefusesToReserveAll() {
        assertThatThrownBy(() -> ServerLimits.of(3))
                .isInstanceOf(InvalidBudgetException.class)
                .hasMessage("superuserReserved + reserved must be less than maxConnections (3), but was 3");
    }

    @Test
    void aRefusalNamesFieldRuleAndValue() {
        assertThatThrownBy(() -> ServerLimits.of(0))
                .hasMessage("maxConnections must be between 1 and 1000000, but was 0");
        assertThatThrownBy(() -> LIMITS.withDatabaseLimit(-2))
                .hasMessage("databaseLimit must be between -1 and 1000000, but was -2");
        assertThatThrownBy(() -> new Headroom(0, -1, 0))
                .hasMessage("monitoring must be between 0 and 1000000, but was -1");
        assertThatThrownBy(() -> new Memory(0, 10))
                .hasMessage("forConnections must be between 1 and 1000000000, but was 0");
    }
}
