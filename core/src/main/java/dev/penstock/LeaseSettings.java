package dev.penstock;

import dev.penstock.internal.settings.SettingValues;
import dev.penstock.internal.settings.Settings;
import java.time.Duration;

/**
 * How connections on loan are watched: {@code penstock.leases.*}. Immutable; made by {@link
 * PenstockConfig.Builder#leases}, where the values are checked.
 */
public final class LeaseSettings {
    private final SettingValues values;

    LeaseSettings(SettingValues values) {
        this.values = values;
    }

    /** Whether leases are watched at all, see {@link Builder#detection}. */
    public boolean detection() {
        return values.get(Settings.LEASE_DETECTION);
    }

    /** When a quiet lease is suspect, see {@link Builder#suspectAfter}. */
    public Duration suspectAfter() {
        return values.get(Settings.SUSPECT_AFTER);
    }

    /** How many stacks are captured, see {@link Builder#stacksPerSecond}. */
    public int stacksPerSecond() {
        return values.get(Settings.STACKS_PER_SECOND);
    }

    /** Which connections are taken back, see {@link Builder#reclaim}. */
    public ReclaimPolicy reclaim() {
        return values.get(Settings.RECLAIM);
    }

    /** Whether open transactions are too, see {@link Builder#reclaimInTransaction}. */
    public boolean reclaimInTransaction() {
        return values.get(Settings.RECLAIM_IN_TRANSACTION);
    }

    /** Whether reports show SQL, see {@link Builder#showSql}. */
    public boolean showSql() {
        return values.get(Settings.SHOW_SQL);
    }

    /** Whether locks are looked up, see {@link Builder#lockDiagnosis}. */
    public boolean lockDiagnosis() {
        return values.get(Settings.LOCK_DIAGNOSIS);
    }

    /** Changes the settings of a {@link PenstockConfig.Builder}. Not thread-safe. */
    public static final class Builder {
        private final SettingValues.Editor editor;

        Builder(SettingValues.Editor editor) {
            this.editor = editor;
        }

        /**
         * Whether connections on loan are watched and those that look leaked are reported. Default true. False: nobody
         * is suspect, and the pool's own connections are lent, unwrapped, unless a limit of {@code penstock.session.*}
         * is set: limits need the lease too.
         */
        public Builder detection(boolean detection) {
            editor.set(Settings.LEASE_DETECTION, detection);
            return this;
        }

        /**
         * How long a lease must have lasted, and nothing have happened on its session, until it is suspect. Default
         * 30 s; 100 ms to one day. Age alone is never a reason where the session can be seen.
         */
        public Builder suspectAfter(Duration suspectAfter) {
            editor.set(Settings.SUSPECT_AFTER, suspectAfter);
            return this;
        }

        /**
         * How many borrows per second, at most, have their stack captured while nothing is suspect. Default 50; 0 to
         * 1000. After a suspicion, for ten minutes, every borrow of that pool has, as far as 2 % of one core suffice;
         * zero: none has, ever.
         */
        public Builder stacksPerSecond(int stacksPerSecond) {
            editor.set(Settings.STACKS_PER_SECOND, stacksPerSecond);
            return this;
        }

        /**
         * Which connections are taken back from their borrowers. Default {@link ReclaimPolicy#NEVER}. As text: {@code
         * never}, {@code dead-owner}, {@code after(10m)}; a limit of at most one day.
         */
        public Builder reclaim(ReclaimPolicy reclaim) {
            editor.set(Settings.RECLAIM, reclaim);
            return this;
        }

        /** Whether a connection is taken back though a transaction is open on it. Default false. */
        public Builder reclaimInTransaction(boolean reclaimInTransaction) {
            editor.set(Settings.RECLAIM_IN_TRANSACTION, reclaimInTransaction);
            return this;
        }

        /**
         * Whether reports show the text of the statement that was prepared last on the connection, as the application
         * wrote it: literals in it too, parameter values never. Default false. Statements made without {@code
         * prepareStatement} or {@code prepareCall} are not seen.
         */
        public Builder showSql(boolean showSql) {
            editor.set(Settings.SHOW_SQL, showSql);
            return this;
        }

        /**
         * Whether a statement that has run for too long is looked up in the server: whether it waits for a lock, and
         * who holds that. Default false: it takes a connection of its own for a moment, past the pool, and through a
         * pooler it finds nothing.
         */
        public Builder lockDiagnosis(boolean lockDiagnosis) {
            editor.set(Settings.LOCK_DIAGNOSIS, lockDiagnosis);
            return this;
        }
    }
}
