package dev.penstock.tools.outage;

import dev.penstock.tools.pools.Versions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The pools that are compared. */
enum PoolKind {
    HIKARI("hikari", "HikariCP", Duration.ofSeconds(30)),
    AGROAL("agroal", "Agroal", null),
    DBCP2("dbcp2", "DBCP2", null),
    TOMCAT("tomcat", "Tomcat JDBC", Duration.ofSeconds(30)),
    C3P0("c3p0", "c3p0", null),
    VIBUR("vibur", "Vibur", Duration.ofSeconds(15)),
    PENSTOCK("penstock", "Penstock over HikariCP", Duration.ofSeconds(30));

    private final String key;
    private final String title;
    private final @Nullable Duration defaultLimit;

    PoolKind(String key, String title, @Nullable Duration defaultLimit) {
        this.key = key;
        this.title = title;
        this.defaultLimit = defaultLimit;
    }

    /** The name on the command line and in the JSON. */
    String key() {
        return key;
    }

    /** With the version that is measured. */
    String title() {
        return title + " " + Versions.of(this == PENSTOCK ? HIKARI.key : key);
    }

    /** How long a caller may wait when nothing is configured; null: for ever. */
    @Nullable Duration defaultLimit() {
        return defaultLimit;
    }

    /** Whether it is what this project promises something about. */
    boolean ours() {
        return this == PENSTOCK;
    }
}
