package dev.penstock.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ConnectOutcome;
import dev.penstock.ConnectPhase;
import dev.penstock.ConnectTest;
import dev.penstock.ConnectTest.Result;
import dev.penstock.PhaseTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text of a connect test, as somebody reads it who was woken by it. */
class TestReportTest {
    private static final String DB = "db.example.com:5432";

    private static final List<ConnectPhase> TRAVELLED =
            List.of(ConnectPhase.DNS, ConnectPhase.TCP, ConnectPhase.TLS, ConnectPhase.STARTUP, ConnectPhase.AUTH);

    /** With these lines. */
    private static ConnectTest test(Result... results) {
        return new ConnectTest(
                "orders",
                "jdbc:postgresql://db.example.com:5432/app",
                Duration.ofSeconds(5),
                Duration.ofMillis(1_712),
                List.of(results));
    }

    /** With so long in each phase, from DNS on; -1 for those that it did not pass through. */
    private static Result result(
            String host,
            @Nullable String address,
            ConnectOutcome outcome,
            @Nullable String sqlState,
            @Nullable String message,
            int... millis) {
        List<PhaseTime> phases = new ArrayList<>();
        for (int i = 0; i < millis.length; i++) {
            if (millis[i] >= 0) {
                phases.add(new PhaseTime(TRAVELLED.get(i), Duration.ofMillis(millis[i])));
            }
        }
        ConnectPhase phase = phases.isEmpty()
                ? ConnectPhase.STARTUP
                : phases.get(phases.size() - 1).phase();
        boolean session = outcome == ConnectOutcome.CONNECTED || outcome == ConnectOutcome.WRONG_ROLE;
        return new Result(
                host,
                address,
                phase,
                outcome,
                Duration.ofMillis(1_600),
                phases,
                sqlState,
                message,
                session ? "17.2" : null,
                outcome == ConnectOutcome.WRONG_ROLE ? "secondary" : null);
    }

    @Test
    void everyAddressHasALineInColumns() {
        ConnectTest test = test(
                result(DB, "10.0.0.7:5432", ConnectOutcome.CONNECTED, null, null, 3, 1, 5, 1, 4),
                result(DB, "10.0.0.18:5432", ConnectOutcome.TIMED_OUT, null, null, 3, 1_666),
                result(DB, "[fe80::1]:5432", ConnectOutcome.UNREACHABLE, null, "Connection refused", 3, 0),
                result("10.0.0.9:5432", "10.0.0.9:5432", ConnectOutcome.REJECTED, "28P01", "no", -1, 1, -1, 1, 9),
                result("nowhere:5432", null, ConnectOutcome.UNREACHABLE, null, "nowhere", 12),
                result("standby:5432", "10.0.0.8:5432", ConnectOutcome.WRONG_ROLE, null, null, 2, 1, -1, 1, 4));

        assertThat(test.describe().lines())
                .containsExactly(
                        "penstock 'orders': connect test of jdbc:postgresql://db.example.com:5432/app: 1 of 6 connected"
                                + " in 1712 ms, limit 5000 ms",
                        "  db.example.com/10.0.0.7:5432   DNS 3 ms, TCP 1 ms, TLS 5 ms, startup 1 ms, auth 4 ms"
                                + "  CONNECTED (PostgreSQL 17.2)",
                        "  db.example.com/10.0.0.18:5432  DNS 3 ms, TCP 1666 ms  TIMED_OUT in TCP",
                        "  db.example.com/[fe80::1]:5432  DNS 3 ms, TCP 0 ms  UNREACHABLE in TCP: Connection refused",
                        "  10.0.0.9:5432                  TCP 1 ms, startup 1 ms, auth 9 ms"
                                + "  REJECTED in auth: [28P01] no",
                        "  nowhere:5432                   DNS 12 ms  UNREACHABLE in DNS: nowhere",
                        "  standby/10.0.0.8:5432          DNS 2 ms, TCP 1 ms, startup 1 ms, auth 4 ms"
                                + "  WRONG_ROLE in auth (PostgreSQL 17.2, secondary)");
        assertThat(test).hasToString(test.describe());
        assertThat(test.connected()).isEqualTo(1);
    }

    @Test
    void whereThePhasesAreNotKnownTheTimeIsGivenInAll() {
        assertThat(test(result(DB, null, ConnectOutcome.TIMED_OUT, null, null)).describe())
                .endsWith("\n  db.example.com:5432  in all 1600 ms  TIMED_OUT in startup");
    }

    @Test
    void secretsAreMasked() {
        assertThat(test(result(DB, null, ConnectOutcome.BROKEN, null, "sent password=hunter2", 1))
                        .describe())
                .doesNotContain("hunter2")
                .contains("password=***");
    }
}
