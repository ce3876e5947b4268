package dev.penstock.spring.actuate;

import dev.penstock.LimitsInForce;
import dev.penstock.PoolerMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server has of the limits that are set.
 *
 * @param server address and port
 * @param version {@code server_version_num}; 0 if it is not known
 * @param pooler what stands in between; AUTO while nothing is known
 * @param complete whether the server has every limit as it was asked for
 * @param limits each limit that is set
 * @param reason why one or more are not in force; null if all are
 */
public record Limits(
        String server,
        int version,
        PoolerMode pooler,
        boolean complete,
        List<Limit> limits,
        @Nullable String reason) {
    static Limits of(LimitsInForce known) {
        return new Limits(
                known.server(),
                known.versionNum(),
                known.pooler(),
                known.complete(),
                known.limits().stream().map(Limit::of).toList(),
                known.reason());
    }

    /**
     * One of them.
     *
     * @param name as the server calls it
     * @param wantedMillis what was asked for; 0: no limit
     * @param effectiveMillis what the server said; null if it does not know the limit or was not asked
     */
    public record Limit(
            String name, long wantedMillis, @Nullable Long effectiveMillis) {
        static Limit of(LimitsInForce.Limit known) {
            return new Limit(known.which().serverSetting(), known.wanted(), known.effective());
        }
    }
}
