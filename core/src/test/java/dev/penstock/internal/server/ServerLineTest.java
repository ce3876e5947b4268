package dev.penstock.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.PenstockConfig;
import dev.penstock.PoolerMode;
import dev.penstock.SessionSettings;
import dev.penstock.internal.events.Listeners;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** Words and rules; what goes over the wire is tested on real servers. */
class ServerLineTest {
    private static final SessionSettings SETTINGS = PenstockConfig.builder()
            .session(s -> s.statementTimeout(Duration.ofSeconds(30))
                    .transactionTimeout(Duration.ofMillis(90_500))
                    .idleSessionTimeout(Duration.ofHours(1))
                    .idleInTransactionTimeout(Duration.ZERO)
                    .clientConnectionCheckInterval(Duration.ofMillis(500)))
            .build()
            .session();
    private static final Wanted WANTED = Wanted.of(SETTINGS);

    @Test
    void withoutLimitsThereIsNoLine() {
        FirstLine line = ServerLine.of(
                "app", PenstockConfig.defaults().session(), false, new Listeners(List.of()), Runnable::run);

        assertThat(line).isSameAs(FirstLine.OFF);
    }

    @Test
    void theStartupPacketHasWhatTheVersionKnows() {
        assertThat(WANTED.options(170_000))
                .isEqualTo("-c statement_timeout=30000 -c idle_in_transaction_session_timeout=0"
                        + " -c transaction_timeout=90500 -c idle_session_timeout=3600000"
                        + " -c client_connection_check_interval=500");
        assertThat(WANTED.options(169_999)).doesNotContain("transaction_timeout=");
        assertThat(WANTED.options(139_999))
                .isEqualTo("-c statement_timeout=30000 -c idle_in_transaction_session_timeout=0");
        assertThat(WANTED.withoutClientCheck().options(170_000)).doesNotContain("client_connection");
    }

    @Test
    void roleDefaultsAreQuotedAndWrittenAsPeopleDo() {
        assertThat(RoleDefaults.statements("a\"b", WANTED, 170_000))
                .isEqualTo("ALTER ROLE \"a\"\"b\" SET statement_timeout = '30s';"
                        + " ALTER ROLE \"a\"\"b\" SET idle_in_transaction_session_timeout = '0';"
                        + " ALTER ROLE \"a\"\"b\" SET transaction_timeout = '90500ms';"
                        + " ALTER ROLE \"a\"\"b\" SET client_connection_check_interval = '500ms';");
    }

    @Test
    void aSetIsGuardedByTheServerItself() {
        assertThat(Sql.setIf(Sql.condition(PoolerMode.AUTO, 4711), WANTED))
                .startsWith(
                        "select pg_catalog.pg_backend_pid() = 4711, case when pg_catalog.pg_backend_pid() = 4711 and ")
                .contains(">= 170000 then pg_catalog.set_config('transaction_timeout', '90500', false) end");
    }

    @Test
    void whatIsMissingIsNamedWithWhereItCameFrom() {
        Look look = new Look(7, "app", 160_000, Map.of("statement_timeout", new Look.Value(5000, "user")));
        Wanted two = Wanted.of(PenstockConfig.builder()
                .session(s -> s.statementTimeout(Duration.ofSeconds(30)).transactionTimeout(Duration.ofMinutes(1)))
                .build()
                .session());

        Finding finding = Findings.of(PoolerMode.NONE, PoolerMode.AUTO, 7, look, two, null);

        assertThat(finding).isNotNull();
        assertThat(finding.text())
                .isEqualTo("statement_timeout is 5000 ms (source: user), not 30000 ms, version 160000 does not know"
                        + " transaction_timeout; the client enforces what it can see");
    }

    private static Finding pooled(Consumer<SessionSettings.Builder> settings) {
        Wanted wanted =
                Wanted.of(PenstockConfig.builder().session(settings).build().session());
        Look nothing = new Look(7, "app", 170_000, Map.of());
        return Objects.requireNonNull(
                Findings.of(PoolerMode.TRANSACTION, PoolerMode.TRANSACTION, 1, nothing, wanted, null));
    }

    @Test
    void whatTransactionsBeginWithIsNotLacking() {
        Finding all = pooled(s -> s.statementTimeout(Duration.ofSeconds(30))
                .lockTimeout(Duration.ofSeconds(5))
                .setLocal(true));
        Finding some = pooled(s -> s.statementTimeout(Duration.ofSeconds(30))
                .transactionTimeout(Duration.ofMinutes(1))
                .setLocal(true));
        Finding none = pooled(s -> s.statementTimeout(Duration.ofSeconds(30)));

        assertThat(all.lacks()).isFalse();
        assertThat(all.text())
                .endsWith("so nothing is set for sessions; transactions of leases begin with SET LOCAL of"
                        + " statement_timeout and lock_timeout; the client enforces what it can see");
        assertThat(some.lacks()).isTrue();
        assertThat(some.text()).contains("SET LOCAL of statement_timeout;");
        assertThat(none.lacks()).isTrue();
        assertThat(none.text()).contains("so nothing is set;");
    }

    @Test
    void processIdsAreNoNews() {
        Look one = new Look(7, "app", 170_000, Map.of());
        Look other = new Look(8, "app", 170_000, Map.of());
        Finding first = Findings.of(PoolerMode.TRANSACTION, PoolerMode.AUTO, 1, one, WANTED, "08P01");
        Finding second = Findings.of(PoolerMode.TRANSACTION, PoolerMode.AUTO, 2, other, WANTED, "08P01");

        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.key()).isEqualTo(second.key());
        assertThat(first.text()).contains("process 1,", "process 7 ", "[08P01]").isNotEqualTo(second.text());
    }

    /** The driver's own complaints carry the same states. */
    @Test
    void onlyTheServersOwnWordIsARefusal() {
        List<String> dialled = new ArrayList<>();
        FirstLine line = ServerLine.of("app", SETTINGS, false, new Listeners(List.of()), Runnable::run);

        assertThatThrownBy(() -> line.open("server", options -> {
                    dialled.add(String.valueOf(options));
                    throw new PSQLException("no", PSQLState.PROTOCOL_VIOLATION);
                }))
                .isInstanceOf(SQLException.class);
        assertThat(dialled).containsExactly("null");
        assertThat(Refusal.of(new PSQLException("no", PSQLState.PROTOCOL_VIOLATION)))
                .isNull();
        assertThat(line.inForce()).isEmpty();
    }
}
