package dev.penstock.internal.connect;

import dev.penstock.internal.target.ServerRole;

/** How a server's role fits what targetServerType asks for. */
enum RoleFit {
    /** As wanted: the race is won. */
    PREFERRED,
    /** Will do if nothing better comes in time. */
    ACCEPTED,
    /** Not acceptable. */
    WRONG;

    static RoleFit of(ServerRole wanted, ServerRole actual) {
        return switch (wanted) {
            case ANY -> PREFERRED;
            case PRIMARY -> actual == ServerRole.PRIMARY ? PREFERRED : WRONG;
            case SECONDARY -> actual == ServerRole.SECONDARY ? PREFERRED : WRONG;
            case PREFER_PRIMARY -> actual == ServerRole.PRIMARY ? PREFERRED : ACCEPTED;
            case PREFER_SECONDARY -> actual == ServerRole.SECONDARY ? PREFERRED : ACCEPTED;
        };
    }
}
