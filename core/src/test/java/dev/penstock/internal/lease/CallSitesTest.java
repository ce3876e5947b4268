package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.CallSite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of the places that borrow, and how much of it at most. */
class CallSitesTest {
    private static final int MOST_SITES = 500;
    private static final int MOST_WAITING = 64;

    private final CallSites sites = new CallSites();

    private static StackTraceElement frame(String type) {
        return new StackTraceElement("com.acme." + type, "work", type + ".java", 1);
    }

    private static BorrowStack stackOf(String type) {
        BorrowStack stack = new BorrowStack(0);
        stack.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("dev.penstock.internal.lease.LeaseDesk", "lend", "LeaseDesk.java", 1), frame(type)
        });
        return stack;
    }

    private void ended(String type, Duration held) {
        sites.ended(stackOf(type), held.toNanos());
        sites.enter();
    }

    private List<CallSite> all() {
        return sites.all(Map.of());
    }

    private static String nameOf(CallSite site) {
        return site.frames().get(0).getClassName();
    }

    @Test
    void meanAndLongestHold() {
        ended("A", Duration.ofMillis(10));
        ended("A", Duration.ofMillis(20));
        ended("A", Duration.ofMillis(60));

        CallSite site = all().get(0);
        assertThat(site.frames()).containsExactly(frame("A"));
        assertThat(site.borrows()).isEqualTo(3);
        assertThat(site.returned()).isEqualTo(3);
        assertThat(site.meanHold()).isEqualTo(Duration.ofMillis(30));
        assertThat(site.longestHold()).isEqualTo(Duration.ofMillis(60));
        assertThat(site.openNow()).isZero();
        assertThat(site.place()).isEqualTo("com.acme.A.work(A.java:1)");
    }

    @Test
    void whatIsOpenIsCountedBesideWhatCameBack() {
        ended("A", Duration.ofMillis(10));
        CallSites.Open open = CallSites.Open.NONE
                .and(Duration.ofSeconds(2).toNanos())
                .and(Duration.ofSeconds(1).toNanos());

        CallSite site = sites.all(Map.of(List.of(frame("A")), open)).get(0);
        assertThat(site.borrows()).isEqualTo(3);
        assertThat(site.returned()).isEqualTo(1);
        assertThat(site.openNow()).isEqualTo(2);
        assertThat(site.meanHold()).isEqualTo(Duration.ofMillis(10));
        assertThat(site.longestHold()).isEqualTo(Duration.ofSeconds(2));
    }

    /** A leak never comes back: its place must not be last because of that. */
    @Test
    void whoeverHoldsForLongestComesFirstAlsoIfNothingFromThereEverCameBack() {
        ended("Quick", Duration.ofMillis(1));
        ended("Slow", Duration.ofSeconds(1));
        ended("Slow", Duration.ofSeconds(1));
        CallSites.Open leaked = CallSites.Open.NONE.and(Duration.ofSeconds(3).toNanos());

        assertThat(sites.all(Map.of(List.of(frame("Leaky")), leaked)))
                .extracting(CallSitesTest::nameOf)
                .containsExactly("com.acme.Leaky", "com.acme.Slow", "com.acme.Quick");
    }

    @Test
    void suspicionsAreCountedByPlace() {
        sites.suspected(List.of(frame("A")));
        sites.suspected(List.of(frame("A")));

        CallSite site = sites.of(List.of(frame("A")), 1, 7);
        assertThat(site).isNotNull();
        assertThat(site.suspected()).isEqualTo(2);
        assertThat(site.longestHold()).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void ofAPlaceThatNobodyKnowsThereIsNothing() {
        assertThat(sites.of(List.of(frame("A")), 0, 0)).isNull();
        assertThat(all()).isEmpty();
    }

    @Test
    void thePlaceThatWasNotHeardOfForLongestGoes() {
        for (int i = 0; i < MOST_SITES; i++) {
            ended("Site" + i, Duration.ofMillis(1));
        }
        ended("Site0", Duration.ofMillis(1));
        ended("One more", Duration.ofMillis(1));

        assertThat(all()).hasSize(MOST_SITES);
        assertThat(sites.of(List.of(frame("Site0")), 0, 0)).isNotNull();
        assertThat(sites.of(List.of(frame("Site1")), 0, 0)).isNull();
        assertThat(sites.of(List.of(frame("One more")), 0, 0)).isNotNull();
    }

    /** Borrowers leave word and go: nobody of them makes frames, and their number is bounded. */
    @Test
    void whatEndsBetweenTwoSweepsIsEnteredAsFarAsThereIsRoom() {
        for (int i = 0; i < MOST_WAITING + 10; i++) {
            sites.ended(stackOf("A"), 1);
        }
        assertThat(all()).isEmpty();

        assertThat(sites.enter()).hasSize(MOST_WAITING);
        assertThat(sites.enter()).isEmpty();
        assertThat(all().get(0).returned()).isEqualTo(MOST_WAITING);

        sites.ended(stackOf("A"), 1);
        assertThat(sites.enter()).hasSize(1);
    }

    @Test
    void whatIsEnteredIsSaidForWhoeverCountsIt() {
        sites.ended(stackOf("A"), 5);

        assertThat(sites.enter()).containsExactly(new CallSites.Entered(List.of(frame("A")), 5));
    }
}
