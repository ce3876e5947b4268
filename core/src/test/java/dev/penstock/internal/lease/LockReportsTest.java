package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.SessionActivity;
import dev.penstock.feature.LogRecorder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LockReportsTest {
    private final List<Collection<Integer>> questions = new ArrayList<>();
    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final List<LeaseReport> told = new ArrayList<>();

    private Map<Integer, List<Integer>> answer = Map.of();

    private LockReports reports() {
        return new LockReports(
                "orders",
                pids -> {
                    questions.add(pids);
                    return answer;
                },
                workers::add);
    }

    private static LeaseReport slow(int pid) {
        OpenLease lease = new OpenLease(
                "orders",
                "1-" + pid,
                new OpenLease.Borrower("worker", 1, true),
                Instant.EPOCH,
                Duration.ofSeconds(40),
                SessionActivity.UNKNOWN,
                pid,
                null,
                List.of(),
                null);
        return new LeaseReport(
                lease, LeaseVerdict.SLOW_STATEMENT, Duration.ofSeconds(30), 1, List.of(), null, null, List.of());
    }

    private void work() {
        for (Runnable next = workers.poll(); next != null; next = workers.poll()) {
            next.run();
        }
    }

    @Test
    void aWholePoolThatWaitsIsOneQuestion() {
        answer = Map.of(2, List.of(7, 8), 3, List.of());
        LockReports reports = reports();
        for (int pid = 1; pid <= 3; pid++) {
            reports.add(slow(pid), 0, told::add);
        }
        work();

        assertThat(questions).containsExactly(List.of(1, 2, 3));
        assertThat(told)
                .extracting(LeaseReport::verdict)
                .containsExactly(
                        LeaseVerdict.SLOW_STATEMENT, LeaseVerdict.WAITING_ON_LOCK, LeaseVerdict.SLOW_STATEMENT);
        assertThat(told.get(1).blockedBy()).containsExactly(7, 8);
    }

    @Test
    void whatTheServerDoesNotSayIsToldAllTheSame() {
        LockReports reports = new LockReports(
                "orders",
                pids -> {
                    throw new SQLException("the server is gone", "08006");
                },
                workers::add);
        try (LogRecorder log = LogRecorder.ofPenstock()) {
            for (int pid = 1; pid <= 2; pid++) {
                reports.add(slow(pid), 0, told::add);
                work();
            }

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN penstock 'orders': the server was not to be asked which locks")
                    .contains("the server is gone", "leases.lockDiagnosis=false");
        }
        assertThat(told).extracting(LeaseReport::verdict).containsOnly(LeaseVerdict.SLOW_STATEMENT);
        assertThat(told).hasSize(2);
    }

    @Test
    void aServerThatDoesNotAnswerIsNotWaitedForAndWhatItSaysLaterIsNotToldTwice() {
        answer = Map.of(1, List.of(7));
        LockReports reports = reports();
        reports.add(slow(1), 0, told::add);
        reports.giveUp(Duration.ofMillis(499).toNanos());
        assertThat(told).isEmpty();

        reports.giveUp(Duration.ofMillis(500).toNanos());
        work();

        assertThat(told).extracting(LeaseReport::verdict).containsExactly(LeaseVerdict.SLOW_STATEMENT);
    }

    @Test
    void aSessionThatNobodyKnowsIsNotAskedFor() {
        LockReports reports = reports();
        reports.add(slow(0), 0, told::add);
        work();

        assertThat(questions).containsExactly(List.of());
        assertThat(told).hasSize(1);
    }
}
