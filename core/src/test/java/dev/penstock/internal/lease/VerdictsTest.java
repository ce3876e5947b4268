package dev.penstock.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.LeaseVerdict;
import dev.penstock.SessionActivity;
import dev.penstock.SessionActivity.Kind;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final long LIMIT = Duration.ofSeconds(30).toNanos();
    private static final long LESS = LIMIT - 1;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    @Test
    void aStatementThatRunsForTooLongIsSlowAndNoLeakWhoeverHasDied() {
        assertThat(of(seen(Kind.WAITING_FOR_SERVER, LIMIT, HOUR))).isEqualTo(LeaseVerdict.SLOW_STATEMENT);
        assertThat(of(new Evidence(HOUR, activity(Kind.WAITING_FOR_SERVER, LIMIT), HOUR, HOUR, HOUR, LIMIT)))
                .isEqualTo(LeaseVerdict.SLOW_STATEMENT);
        assertThat(of(new Evidence(HOUR, activity(Kind.WAITING_FOR_SERVER, LESS), LESS, HOUR, HOUR, LIMIT)))
                .isNull();
        assertThat(of(seen(Kind.SENDING, LIMIT, HOUR))).isEqualTo(LeaseVerdict.SLOW_STATEMENT);
    }

    @Test
    void whoListensIsNotSlow() {
        assertThat(of(seen(Kind.LISTENING, LIMIT, HOUR))).isEqualTo(LeaseVerdict.LONG_HOLD);
        assertThat(of(seen(Kind.LISTENING, LESS, HOUR))).isNull();
    }

    @Test
    void quietIsWhatCountsNotAge() {
        assertThat(of(seen(Kind.IDLE, LESS, HOUR))).isNull();
        assertThat(of(seen(Kind.IDLE, LIMIT, HOUR))).isEqualTo(LeaseVerdict.LIKELY_LEAK);
        assertThat(of(seen(Kind.IDLE_IN_TRANSACTION, LESS, HOUR))).isNull();
        assertThat(of(seen(Kind.IDLE_IN_TRANSACTION, LIMIT, HOUR))).isEqualTo(LeaseVerdict.IDLE_IN_TRANSACTION);
    }

    @Test
    void whoeverIsStillInTheMethodThatBorrowedHoldsItOnly() {
        assertThat(Verdicts.of(seen(Kind.IDLE, LIMIT, HOUR), () -> true)).isEqualTo(LeaseVerdict.LONG_HOLD);
    }

    @Test
    void aDeadOwnerIsEvidenceOnceNothingHasHappenedForAsLong() {
        assertThat(of(abandoned(LIMIT, LIMIT, Evidence.NOT))).isEqualTo(LeaseVerdict.LEAKED_OWNER_DEAD);
        assertThat(of(abandoned(LESS, LIMIT, Evidence.NOT))).as("used lately").isNull();
        assertThat(of(abandoned(HOUR, LESS, Evidence.NOT)))
                .as("has only just died")
                .isNull();
    }

    @Test
    void soIsACollectedHandle() {
        assertThat(of(abandoned(LIMIT, Evidence.NOT, LIMIT))).isEqualTo(LeaseVerdict.LEAKED_UNREACHABLE);
        assertThat(of(abandoned(LESS, Evidence.NOT, LIMIT))).isNull();
        assertThat(of(abandoned(HOUR, Evidence.NOT, LESS))).isNull();
        assertThat(of(abandoned(LIMIT, LIMIT, LIMIT))).isEqualTo(LeaseVerdict.LEAKED_OWNER_DEAD);
    }

    @Test
    void overAForeignSocketOnlyThreeVerdictsExist() {
        assertThat(of(unseen(LIMIT, Evidence.NOT, Evidence.NOT))).isEqualTo(LeaseVerdict.LONG_HOLD);
        assertThat(of(unseen(LESS, Evidence.NOT, Evidence.NOT))).isNull();
        assertThat(of(unseen(HOUR, LIMIT, Evidence.NOT))).isEqualTo(LeaseVerdict.LEAKED_OWNER_DEAD);
        assertThat(of(unseen(HOUR, Evidence.NOT, LIMIT))).isEqualTo(LeaseVerdict.LEAKED_UNREACHABLE);
    }

    /** Nothing is said of a lease before the time that the evidence itself names. */
    @Property
    void noVerdictComesBeforeItIsDue(
            @ForAll Kind kind,
            @ForAll @LongRange(min = 0, max = 200) long age,
            @ForAll @LongRange(min = 0, max = 200) long lasting,
            @ForAll @LongRange(min = -1, max = 200) long dead,
            @ForAll @LongRange(min = -1, max = 200) long gone) {
        long quiet = Math.min(age, lasting);
        Evidence evidence = new Evidence(age, activity(kind, lasting), quiet, dead, gone, 100);

        if (of(evidence) != null) {
            assertThat(evidence.untilSuspect()).isNotPositive();
        }
    }

    private static @Nullable LeaseVerdict of(Evidence evidence) {
        return Verdicts.of(evidence, () -> false);
    }

    private static Evidence seen(Kind kind, long lasting, long age) {
        return new Evidence(age, activity(kind, lasting), lasting, Evidence.NOT, Evidence.NOT, LIMIT);
    }

    private static Evidence abandoned(long quiet, long dead, long gone) {
        return new Evidence(HOUR, activity(Kind.IDLE, quiet), quiet, dead, gone, LIMIT);
    }

    private static Evidence unseen(long age, long dead, long gone) {
        return new Evidence(age, SessionActivity.UNKNOWN, age, dead, gone, LIMIT);
    }

    private static SessionActivity activity(Kind kind, long lasting) {
        return new SessionActivity(kind, Duration.ofNanos(lasting), null);
    }
}
