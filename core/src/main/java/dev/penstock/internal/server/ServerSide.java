package dev.penstock.internal.server;

import dev.penstock.PoolerMode;
import dev.penstock.SessionLimit;
import java.util.Map;

/**
 * What is known of one session's server when the session is opened. Immutable.
 *
 * @param pooler what stands in between; AUTO if that was not looked at, because nothing is set or asked for
 * @param versionNum {@code server_version_num}, 0 if it is not known
 * @param limits in milliseconds, zero for none, as the server has them, whoever has set them; without those that it
 *     does not know, empty if it was not asked
 * @param complete whether the server has everything that was asked for, or transactions begin with it
 */
public record ServerSide(PoolerMode pooler, int versionNum, Map<SessionLimit, Long> limits, boolean complete) {
    /** Nothing is set, so nothing was asked. */
    public static final ServerSide NOT_ASKED = new ServerSide(PoolerMode.AUTO, 0, Map.of(), true);

    /** Copies the limits. */
    public ServerSide {
        limits = Map.copyOf(limits);
    }

    /** Whether the session is the server's own, so that what is set for it reaches nobody else. */
    public boolean direct() {
        return pooler == PoolerMode.NONE;
    }

    /** Whether only what is set for a transaction stays with it. */
    public boolean behindTransactionPooler() {
        return pooler == PoolerMode.TRANSACTION;
    }
}
