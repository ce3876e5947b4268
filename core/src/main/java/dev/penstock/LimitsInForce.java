package dev.penstock;

import java.util.List;
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
    }
}
