package dev.penstock;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the limits at one server: what was asked for, and what was read back. A snapshot.
 *
 * @param server address and port, or the host where the address is not ours to choose
 * @param versionNum {@code server_version_num}; 0 if it is not known
 * @param pooler NONE, TRANSACTION or SESSION, as configured or found out; AUTO while nothing is known
 * @param limits each limit that is set, in the order of {@link SessionLimit}
 * @param reason why one or more are not in force on the server, for people; null if all are
 */
public record LimitsInForce(
        String server,
        int versionNum,
        PoolerMode pooler,
        List<Limit> limits,
        @Nullable String reason) {
    /** Copies the limits. */
    public LimitsInForce {
        limits = List.copyOf(limits);
    }

    /** Whether the server has every limit as it was asked for. */
    public boolean complete() {
        return limits.stream().allMatch(Limit::inForce);
    }

    /**
     * What a log or a person gets, on one line: {@code 10.0.0.1:5432 (170011, pooler none): statement_timeout=30000ms,
     * lock_timeout=5000ms but 0ms in force: ...}.
     */
    public String describe() {
        StringJoiner each = new StringJoiner(", ");
        limits.forEach(limit -> each.add(limit.toString()));
        String why = reason == null ? "" : ": " + reason;
        return server + " (" + (versionNum == 0 ? "version not known" : Integer.toString(versionNum)) + ", pooler "
                + pooler.name().toLowerCase(Locale.ROOT) + "): " + each + why;
    }

    /**
     * One limit.
     *
     * @param which of them
     * @param wanted in milliseconds, zero for none
     * @param effective what the server said, in milliseconds, zero for none; null if it does not know the limit or was
     *     not asked
     */
    public record Limit(
            SessionLimit which, long wanted, @Nullable Long effective) {
        /** Whether the server has it as it was asked for. */
        public boolean inForce() {
            return effective != null && effective == wanted;
        }

        @Override
        public String toString() {
            String asked = which.serverSetting() + "=" + wanted + "ms";
            String real = effective == null ? "not known to be" : effective + "ms";
            return inForce() ? asked : asked + " but " + real + " in force";
        }
    }
}
