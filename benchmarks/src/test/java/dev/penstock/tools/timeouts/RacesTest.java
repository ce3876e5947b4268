package dev.penstock.tools.timeouts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.lab.postgres.PostgresServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No cancel request hits anything but what it was meant for; without a guard many do. */
class RacesTest {
    private static final int SESSIONS = 24;

    @Test
    @Tag("once") // the same on every JDK, and it takes its time
    void nothingElseIsHit() throws InterruptedException, SQLException {
        compare(1_000, 300);
    }

    @Test
    @Tag("slow")
    void notInAHundredThousandEither() throws InterruptedException, SQLException {
        compare(100_000, 2_000);
    }

    private static void compare(long races, long controls) throws InterruptedException, SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            RaceOutcome unguarded = Races.unguarded(server, controls, SESSIONS);
            RaceOutcome guarded = Races.guarded(server, races, SESSIONS);

            assertThat(unguarded.wrong()).as("without a guard: %s", unguarded).isPositive();
            assertThat(guarded.wrong()).as("with a guard: %s", guarded).isZero();
            assertThat(guarded.cancelled()).as("%s", guarded).isGreaterThan(races / 10);
            assertThat(guarded.races() - guarded.cancelled()).as("%s", guarded).isGreaterThan(races / 10);
        }
    }
}
