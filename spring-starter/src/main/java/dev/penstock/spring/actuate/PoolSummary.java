package dev.penstock.spring.actuate;

import dev.penstock.BreakerState;
import dev.penstock.ConnectFailure;
import dev.penstock.OpenLease;
import dev.penstock.OutageReport;
import dev.penstock.PenstockControl;
import dev.penstock.spring.PenstockPool;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool in a few numbers. Times are instants in UTC or end in {@code Millis}.
 *
 * @param bean name of the DataSource's bean
 * @param name of the pool, as in log lines and meters
 * @param reach WHOLE, or ABOVE: its connections are made without Penstock
 * @param state FINE, DEGRADED, SUSPENDED or DOWN, as the health of the pool has it
 * @param reasons why it is not FINE
 * @param breaker state of the breaker
 * @param outage the one that lasts; null if there is none
 * @param connections the pool's numbers
 * @param leases what is on loan
 */
public record PoolSummary(
        String bean,
        String name,
        PenstockPool.Reach reach,
        String state,
        List<String> reasons,
        BreakerState breaker,
        @Nullable Outage outage,
        Connections connections,
        Leases leases) {
    /** Copies the list. */
    public PoolSummary {
        reasons = List.copyOf(reasons);
    }

    static PoolSummary of(PenstockPool pool, PenstockControl control) {
        Signs signs = Signs.of(control);
        Condition condition = Condition.of(signs);
        return new PoolSummary(
                pool.bean(),
                control.name(),
                pool.reach(),
                condition.state().name(),
                condition.reasons(),
                signs.breaker(),
                signs.outage() == null ? null : Outage.of(signs.outage()),
                signs.connections(),
                Leases.of(control));
    }

    /**
     * An outage that lasts.
     *
     * @param since when the breaker opened
     * @param lastedMillis for how long it has been open
     * @param failedProbes probes that have failed so far
     * @param nextProbeMillis until the next is due, 0 if it is; null if there is none, because the breaker was opened by
     *     hand
     * @param confirmed false if a probe is due and nobody has wanted a connection since: the server may be back
     * @param lastFailure lines of the latest connect failure, one for each address; null if the breaker was opened by
     *     hand
     */
    public record Outage(
            Instant since,
            long lastedMillis,
            int failedProbes,
            @Nullable Long nextProbeMillis,
            boolean confirmed,
            @Nullable List<String> lastFailure) {
        static Outage of(OutageReport report) {
            return new Outage(
                    report.since(),
                    report.lasted().toMillis(),
                    report.failedProbes(),
                    report.nextProbeIn() == null ? null : report.nextProbeIn().toMillis(),
                    report.confirmed(),
                    lines(report.lastFailure()));
        }

        private static @Nullable List<String> lines(@Nullable ConnectFailure failure) {
            return failure instanceof Throwable thrown
                    ? String.valueOf(thrown.getMessage()).lines().toList()
                    : null;
        }
    }

    /**
     * Connections on loan.
     *
     * @param watched whether leases are; the numbers are 0 if not
     * @param open how many there are
     * @param oldestMillis for how long the oldest has been; 0 if there is none
     * @param suspects how many of them are suspected of anything
     */
    public record Leases(boolean watched, int open, long oldestMillis, int suspects) {
        static Leases of(PenstockControl control) {
            List<OpenLease> open = control.openLeases();
            long oldest = open.isEmpty() ? 0 : open.get(0).age().toMillis();
            int suspects =
                    (int) open.stream().filter(lease -> lease.verdict() != null).count();
            return new Leases(control.watchesLeases(), open.size(), oldest, suspects);
        }
    }
}
