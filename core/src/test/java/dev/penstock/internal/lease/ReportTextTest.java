package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.CallSite;
import dev.penstock.LeaseReport;
import dev.penstock.LeaseVerdict;
import dev.penstock.OpenLease;
import dev.penstock.PenstockListener.Enforcement;
import dev.penstock.PenstockListener.TimeoutEnforced;
import dev.penstock.SessionActivity;
import dev.penstock.SessionActivity.Kind;
import dev.penstock.SessionLimit;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people read of leases. */
class ReportTextTest {
    private static final List<StackTraceElement> BORROW = List.of(
            new StackTraceElement("com.acme.Orders", "place", "Orders.java", 42),
            new StackTraceElement("com.acme.Web", "post", "Web.java", 7));
    private static final List<StackTraceElement> LIVE =
            List.of(new StackTraceElement("java.net.Socket", "connect", "Socket.java", 1));

    private OpenLease.Borrower thread = new OpenLease.Borrower("http-7", 45, true);
    private List<StackTraceElement> borrowed = BORROW;
    private SessionActivity activity = idle(61);
    private int pid = 4711;
    private @Nullable String server = "10.0.1.7:5432";
    private @Nullable CallSite site;
    private @Nullable String sql;
    private List<Integer> blockedBy = List.of();
    private int times = 1;

    private static SessionActivity idle(long seconds) {
        return new SessionActivity(Kind.IDLE, Duration.ofSeconds(seconds), null);
    }

    private OpenLease lease(@Nullable LeaseVerdict verdict) {
        return new OpenLease(
                "orders",
                "3-1042",
                thread,
                Instant.parse("2026-11-21T02:58:32.764Z"),
                Duration.ofSeconds(75),
                activity,
                pid,
                server,
                borrowed,
                verdict);
    }

    private List<StackTraceElement> live = LIVE;

    private LeaseReport report(LeaseVerdict verdict) {
        return new LeaseReport(lease(verdict), verdict, Duration.ofSeconds(30), times, live, site, sql, blockedBy);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    @Test
    void aReportFromTopToBottom() {
        site = new CallSite(BORROW, 14, 13, Duration.ofMillis(7), Duration.ofSeconds(75), 1, 2);

        assertThat(lines(ReportText.of(report(LeaseVerdict.LIKELY_LEAK))))
                .containsExactly(
                        "penstock 'orders': connection 3-1042 looks leaked: nobody has used it for 61 s, and its thread"
                                + " has left the method that borrowed (LIKELY_LEAK)",
                        "  -> see below what its thread does instead. Close it where it is borrowed"
                                + " (try-with-resources), or borrow it later",
                        "  borrowed by thread 'http-7' (id 45) at 2026-11-21T02:58:32.764Z, 75 s ago",
                        "  session idle for 61 s; server process 4711 at 10.0.1.7:5432",
                        "  borrowed in:",
                        "      at com.acme.Orders.place(Orders.java:42)",
                        "      at com.acme.Web.post(Web.java:7)",
                        "  its thread now:",
                        "      at java.net.Socket.connect(Socket.java:1)",
                        "  13 captured borrows from there came back, after 7 ms in the mean; suspected before: 2"
                                + " times");
    }

    @ParameterizedTest
    @EnumSource(LeaseVerdict.class)
    void everyVerdictIsNamedAndComesWithWhatToDo(LeaseVerdict verdict) {
        List<String> lines = lines(ReportText.of(report(verdict)));

        assertThat(lines.get(0))
                .startsWith("penstock 'orders': connection 3-1042 ")
                .endsWith("(" + verdict + ")");
        assertThat(lines.get(1)).startsWith("  -> ").hasSizeGreaterThan(40);
    }

    /** Without a stack nobody can tell where the borrower ought to be. */
    @Test
    void whereTheStackIsMissingNothingIsSaidOfTheBorrowingMethod() {
        borrowed = List.of();

        assertThat(ReportText.of(report(LeaseVerdict.LIKELY_LEAK)))
                .contains("looks leaked: nobody has used it for 61 s (LIKELY_LEAK)")
                .contains("was not captured", "for the next 10 min it is of every borrow")
                .doesNotContain("borrowed in:");
    }

    @Test
    void whoeverHasEndedHasNoStack() {
        thread = new OpenLease.Borrower("batch-1", 9, false);

        assertThat(ReportText.of(report(LeaseVerdict.LEAKED_OWNER_DEAD)))
                .contains("thread 'batch-1' (id 9, ended)", "leases.reclaim=dead-owner")
                .doesNotContain("its thread now");
    }

    /** The session may have been idle in the pool for an hour before somebody borrowed it. */
    @Test
    void nobodyIsBlamedForWhatWasBeforeTheBorrow() {
        activity = idle(3600);

        assertThat(lines(ReportText.of(report(LeaseVerdict.LIKELY_LEAK))).get(0))
                .contains("nobody has used it for 75 s");
    }

    @Test
    void aStatementIsLookedUpByItsProcess() {
        activity = new SessionActivity(Kind.WAITING_FOR_SERVER, Duration.ofSeconds(40), Duration.ofSeconds(50));
        times = 2;

        assertThat(ReportText.of(report(LeaseVerdict.SLOW_STATEMENT)))
                .contains("has run a statement for 40 s (SLOW_STATEMENT, report 2)")
                .contains("select * from pg_stat_activity where pid = 4711")
                .contains("session waiting for the server for 40 s, in a transaction for 50 s");
    }

    @Test
    void withoutAProcessNobodyIsSentToLookForZero() {
        pid = 0;
        server = null;

        assertThat(ReportText.of(report(LeaseVerdict.SLOW_STATEMENT)))
                .contains("-> look for it in pg_stat_activity", "server process not known")
                .doesNotContain("pid = 0");
    }

    @Test
    void aTransactionKeepsALeakFromBeingTakenBackAndItSaysSo() {
        activity = new SessionActivity(Kind.IDLE_IN_TRANSACTION, Duration.ofSeconds(40), Duration.ofSeconds(41));

        assertThat(ReportText.of(report(LeaseVerdict.LEAKED_OWNER_DEAD)))
                .contains("has a transaction open: only with leases.reclaimInTransaction=true");
        activity = new SessionActivity(Kind.IDLE, Duration.ofSeconds(40), null);
        assertThat(ReportText.of(report(LeaseVerdict.LEAKED_OWNER_DEAD))).doesNotContain("reclaimInTransaction");
    }

    @Test
    void ofADeepLiveStackTheTopAndTheApplicationAreShown() {
        live = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            live.add(new StackTraceElement("java.net.http.Client", "wait", "Client.java", i));
        }
        live.add(new StackTraceElement("com.acme.Payments", "charge", "Payments.java", 77));

        assertThat(lines(ReportText.of(report(LeaseVerdict.IDLE_IN_TRANSACTION))))
                .contains(
                        "      at java.net.http.Client.wait(Client.java:1)",
                        "      at java.net.http.Client.wait(Client.java:16)",
                        "      ... 24 more",
                        "      at com.acme.Payments.charge(Payments.java:77)")
                .doesNotContain("      at java.net.http.Client.wait(Client.java:17)");
    }

    @Test
    void aLockNamesItsHolders() {
        activity = new SessionActivity(Kind.WAITING_FOR_SERVER, Duration.ofSeconds(40), null);
        blockedBy = List.of(17, 18);

        assertThat(ReportText.of(report(LeaseVerdict.WAITING_ON_LOCK)))
                .contains(
                        "has waited for a lock for 40 s",
                        "where pid in (17, 18)",
                        "waits for a lock of process 17, 18");
    }

    /** Nobody writes a line into the log by the name of a thread, of the pool or by SQL. */
    @Test
    void whatTheApplicationNamesStaysOnItsLine() {
        thread = new OpenLease.Borrower("evil\nERROR all is lost\u001b[31m", 45, true);
        sql = "select 1\r\nfrom nowhere";

        assertThat(lines(ReportText.of(report(LeaseVerdict.LIKELY_LEAK))))
                .contains("  borrowed by thread 'evil ERROR all is lost?[31m' (id 45) at 2026-11-21T02:58:32.764Z, 75 s"
                        + " ago")
                .contains("  prepared last: select 1 from nowhere");
    }

    @Test
    void aVirtualThreadWithoutANameHasItsId() {
        thread = new OpenLease.Borrower("", 45, true);

        assertThat(ReportText.of(lease(null))).contains("borrowed by a thread without a name (id 45)");
    }

    @Test
    void whatWasTakenBackIsNotAdvisedToBeTakenBack() {
        thread = new OpenLease.Borrower("batch-1", 9, false);

        assertThat(ReportText.reclaimed(report(LeaseVerdict.LEAKED_OWNER_DEAD), "leases.reclaim=dead-owner"))
                .startsWith(
                        "penstock 'orders': connection 3-1042 was taken back (leases.reclaim=dead-owner): it is leaked:"
                                + " the thread that borrowed it has ended, and nobody has used it for 61 s (LEAKED_OWNER_DEAD)")
                .contains("gets 08003", "at com.acme.Orders.place(Orders.java:42)")
                .doesNotContain("takes such connections back");
    }

    @Test
    void anOpenLeaseIsNotAccused() {
        assertThat(ReportText.of(lease(null)))
                .startsWith("connection 3-1042, on loan for 75 s" + System.lineSeparator())
                .contains("at com.acme.Web.post(Web.java:7)");
        assertThat(ReportText.of(lease(LeaseVerdict.LONG_HOLD))).contains("on loan for 75 s, suspect: LONG_HOLD");
    }

    @Test
    void aPlaceInOneLineAndItsCallers() {
        CallSite place = new CallSite(BORROW, 14, 13, Duration.ofMillis(7), Duration.ofSeconds(75), 1, 2);

        assertThat(lines(place.describe()))
                .containsExactly(
                        "com.acme.Orders.place(Orders.java:42): 14 times captured, 1 open now, 13 came back after 7 ms"
                                + " in the mean, the longest 75 s, 2 times suspected",
                        "      at com.acme.Web.post(Web.java:7)");
    }

    @Test
    void ofAPlaceFromWhichNothingCameBackNoMeanIsTold() {
        CallSite place = new CallSite(BORROW, 1, 0, Duration.ZERO, Duration.ofSeconds(75), 1, 1);

        assertThat(place.describe())
                .contains("once captured, 1 open now, 0 came back, the longest 75 s, once suspected");
    }

    @ParameterizedTest
    @CsvSource({"9999, 9999 ms", "10000, 10 s", "599999, 599 s", "600000, 10 min", "7199999, 119 min", "7200000, 2 h"})
    void timesAreAsPeopleReadThem(long millis, String words) {
        CallSite place = new CallSite(BORROW, 1, 1, Duration.ofMillis(millis), Duration.ZERO, 0, 0);

        assertThat(place.describe()).contains("came back after " + words + " in the mean");
    }

    // ---- limits ---------------------------------------------------------------------------------

    private String enforced(SessionLimit limit, boolean lent, boolean ofLease) {
        return new TimeoutEnforced(
                        "orders",
                        limit,
                        Duration.ofSeconds(600),
                        Duration.ofSeconds(601),
                        Enforcement.ABORTED,
                        4711,
                        server,
                        lent ? lease(null) : null,
                        ofLease)
                .describe();
    }

    @Test
    void ofALimitThatWasEnforcedWhatWhyAndWho() {
        assertThat(lines(enforced(SessionLimit.IDLE_IN_TRANSACTION, true, false)))
                .startsWith(
                        "penstock 'orders': closed the connection to backend 4711 at 10.0.1.7:5432 after 10 min:"
                                + " penstock.session.idleInTransactionTimeout is 10 min",
                        "  -> commit before doing anything else, remote calls above all; work that needs longer:"
                                + " withTimeouts(...)",
                        "  borrowed by thread 'http-7' (id 45) at 2026-11-21T02:58:32.764Z, 75 s ago");
    }

    @Test
    void aLimitOfAViewIsNotThatOfTheConfiguration() {
        assertThat(lines(enforced(SessionLimit.STATEMENT, true, true)).get(0))
                .endsWith("penstock.session.statementTimeout is 10 min for this lease, by withTimeouts(...) or while"
                        + " limits are set for it");
    }

    @Test
    void ofASessionThatLayInThePoolNobodyIsAdvisedToGiveItBack() {
        assertThat(enforced(SessionLimit.IDLE_SESSION, false, false))
                .contains("must be more than the pool's idleTimeout and maxLifetime", "it lay idle in the pool, or")
                .doesNotContain("give the connection back");
        assertThat(enforced(SessionLimit.IDLE_SESSION, true, false)).contains("give the connection back");
    }

    @Test
    void withoutALeaseItIsNotSaidThatThereWasNone() {
        assertThat(enforced(SessionLimit.STATEMENT, false, false))
                .contains("no lease is known of it: the pool's own set-up, validation or rollback, or it was borrowed"
                        + " past what watches leases");
    }

    // ---- the fence ------------------------------------------------------------------------------

    @Test
    void whoeverMeetsTheFenceIsToldWhenWhyAndWhereItWasBorrowed() {
        LeaseReport report = report(LeaseVerdict.LONG_HOLD);
        SQLException met = new Fence(() -> ReportText.fence(report, "leases.reclaim=after(60000ms)")).exception();

        assertThat(met.getSQLState()).isEqualTo("08003");
        assertThat(met.getMessage())
                .isEqualTo("pool 'orders' has taken this connection back (leases.reclaim=after(60000ms)) after 75 s on"
                        + " loan: it has been held for 75 s; borrowed by thread 'http-7' (id 45) at"
                        + " 2026-11-21T02:58:32.764Z, in com.acme.Orders.place(Orders.java:42)");
    }

    @Test
    void withoutAStackTheFenceSaysTheRest() {
        borrowed = List.of();

        assertThat(ReportText.fence(report(LeaseVerdict.LONG_HOLD), "a rule")).endsWith("at 2026-11-21T02:58:32.764Z");
    }

    /** Every call makes one: a stack of its own shows who still uses the connection. */
    @Test
    void everyCallHasAnExceptionOfItsOwn() {
        Fence fence = new Fence(() -> "gone");

        SQLException first = fence.exception();

        assertThat(fence.exception() == first).isFalse();
    }
}
