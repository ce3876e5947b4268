package dev.penstock.internal.order;

import dev.penstock.internal.target.ServerRole;

/** What the last connect to a host showed of it, as pgjdbc's {@code HostStatus}. */
public enum HostStatus {
    /** No usable session. */
    CONNECT_FAILED,
    /** A session whose role was not asked for. */
    CONNECTED,
    /** A session on a primary. */
    PRIMARY,
    /** A session on a standby or on a server that is read-only by default. */
    SECONDARY;

    /** Whether it is known not to be of the role that is wanted or preferred. */
    boolean isWrongFor(ServerRole wanted) {
        return switch (wanted) {
            case ANY -> false;
            case PRIMARY, PREFER_PRIMARY -> this == SECONDARY;
            case SECONDARY, PREFER_SECONDARY -> this == PRIMARY;
        };
    }
}
