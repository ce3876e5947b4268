package dev.penstock.tools.budget.yaml;

import dev.penstock.budget.BouncerTier;
import dev.penstock.budget.ServerLimits;
import dev.penstock.budget.Service;
import java.util.List;

/** What the fields of a file are called, and what they are if they are left out. */
final class Schema {
    static final List<String> PLAN = List.of("server", "services", "tiers", "clients", "thresholds", "rolloutsAtOnce");
    static final List<String> SERVER = List.of(
            "maxConnections",
            "superuserReserved",
            "reserved",
            "roleLimit",
            "databaseLimit",
            "others",
            "headroom",
            "memory");
    static final List<String> HEADROOM = List.of("migrations", "monitoring", "people");
    static final List<String> MEMORY = List.of("forConnections", "perConnection");
    static final List<String> SERVICE = List.of(
            "name", "replicas", "rollout", "pools", "poolSize", "threads", "connectionsPerThread", "share", "via");
    static final List<String> REPLICAS = List.of("steady", "maximum");
    static final List<String> SHARE = List.of("weight", "priority", "most");
    static final List<String> TIER = List.of(
            "name",
            "instances",
            "rollout",
            "databases",
            "usersPerDatabase",
            "defaultPoolSize",
            "reservePoolSize",
            "maxDbConnections",
            "maxClientConn");
    static final List<String> CLIENT = List.of("name", "connections", "via");
    static final List<String> THRESHOLDS = List.of("steady", "rollout");

    /** Instead of a number. */
    static final String ALL_AT_ONCE = "all";

    static final String NO_LIMIT = "none";

    /** Of what may be left out; what must be given has any value here. */
    static final ServerLimits SERVER_DEFAULTS = ServerLimits.of(100);

    static final Service SERVICE_DEFAULTS = Service.of("service", 1, 1);
    static final BouncerTier TIER_DEFAULTS = BouncerTier.of("tier");

    private Schema() {}
}
