package dev.penstock.internal.lease;

import dev.penstock.LeaseVerdict;
import dev.penstock.SessionActivity;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** From evidence to verdict; pure. Age alone proves nothing where the session can be seen. */
final class Verdicts {
    private Verdicts() {}

    /**
     * The verdict, null if there is nothing against the lease yet.
     *
     * @param inBorrowingMethod whether the borrower is still in the method that borrowed; asked only if it matters
     */
    static @Nullable LeaseVerdict of(Evidence evidence, BooleanSupplier inBorrowingMethod) {
        if (evidence.isBusy()) {
            return busy(evidence);
        }
        if (evidence.isAbandoned()) {
            return abandoned(evidence);
        }
        if (evidence.quiet() < evidence.limit()) {
            return null;
        }
        if (!evidence.isVisible()) {
            return LeaseVerdict.LONG_HOLD;
        }
        if (evidence.activity().kind() == SessionActivity.Kind.IDLE_IN_TRANSACTION) {
            return LeaseVerdict.IDLE_IN_TRANSACTION;
        }
        return inBorrowingMethod.getAsBoolean() ? LeaseVerdict.LONG_HOLD : LeaseVerdict.LIKELY_LEAK;
    }

    /** Whoever borrowed it: somebody uses it. */
    private static @Nullable LeaseVerdict busy(Evidence evidence) {
        if (evidence.activity().lasting().toNanos() < evidence.limit()) {
            return null;
        }
        return evidence.activity().kind() == SessionActivity.Kind.LISTENING
                ? LeaseVerdict.LONG_HOLD
                : LeaseVerdict.SLOW_STATEMENT;
    }

    /** Nobody may be left to give it back; but somebody may have been handed it, or hold a statement of it. */
    private static @Nullable LeaseVerdict abandoned(Evidence evidence) {
        if (lastsLongEnough(evidence.deadFor(), evidence)) {
            return LeaseVerdict.LEAKED_OWNER_DEAD;
        }
        return lastsLongEnough(evidence.unreachableFor(), evidence) ? LeaseVerdict.LEAKED_UNREACHABLE : null;
    }

    private static boolean lastsLongEnough(long lasting, Evidence evidence) {
        return lasting >= evidence.limit() && evidence.quiet() >= evidence.limit();
    }
}
